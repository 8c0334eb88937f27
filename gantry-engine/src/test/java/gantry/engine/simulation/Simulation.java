package gantry.engine.simulation;

import java.util.Optional;
import java.util.function.Supplier;

/** One seed: a world is made, lives through its troubles, and must come to rest. */
final class Simulation {
  private final long seed;
  private final Supplier<Mutant> mutant;

  /** How a seed failed. */
  record Failure(long seed, Throwable cause) {
    @Override
    public String toString() {
      return "seed " + seed + ": " + cause.getMessage();
    }
  }

  Simulation(long seed, Supplier<Mutant> mutant) {
    this.seed = seed;
    this.mutant = mutant;
  }

  /** Runs it; empty when every rule held. */
  Optional<Failure> run() {
    return run(new World(seed, mutant.get(), false));
  }

  /** The same once more, told line by line, with how it ended. */
  String story() {
    World world = new World(seed, mutant.get(), true);
    String end = run(world).map(Failure::toString).orElse("seed " + seed + ": every rule held");
    return world.trace + "\n" + end;
  }

  /** With every part real. */
  static Simulation real(long seed) {
    return new Simulation(seed, () -> Mutant.NONE);
  }

  private Optional<Failure> run(World world) {
    try {
      while (world.ticks() < world.temper.ticks()) {
        world.tick();
      }
      new Calm(world).judge();
      return Optional.empty();
    } catch (Violation | RuntimeException e) {
      return Optional.of(new Failure(seed, e));
    }
  }
}
