package gantry.engine.simulation;

import gantry.engine.store.RolloutStore;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Tries updates on some machines first, holds them up, and takes them back. */
final class CarefulUser {
  private static final String BY = "bob@ops";

  private final World world;
  private final RolloutStore store;
  private final Consumer<List<String>> canary;

  /**
   * A user that gives one command.
   *
   * @param canary makes an update for some machines
   */
  CarefulUser(World world, RolloutStore store, Consumer<List<String>> canary) {
    this.world = world;
    this.store = store;
    this.canary = canary;
  }

  void command() {
    switch (world.dice.below(8)) {
      case 0, 1 -> canary.accept(some());
      case 2 -> promote();
      case 3 -> pause(true);
      case 4 -> pause(false);
      case 5 -> rollback(OptionalLong.of(1 + world.dice.below(6)));
      default -> rollback(OptionalLong.empty());
    }
  }

  private List<String> some() {
    List<String> names = world.machines.stream().map(machine -> machine.name).toList();
    List<String> some = names.stream().filter(name -> world.dice.chance(0.4)).toList();
    return some.isEmpty() ? List.of(names.getFirst()) : some;
  }

  private void promote() {
    List<String> tried = store.promote(World.WEB, BY);
    world.trace.say(() -> "promote: it was for " + tried);
  }

  private void pause(boolean paused) {
    boolean same = store.pause(World.WEB, paused, BY);
    world.trace.say(() -> (paused ? "pause" : "resume") + (same ? ": it was so" : ""));
  }

  private void rollback(OptionalLong to) {
    long number = store.rollback(World.WEB, to, BY).number();
    world.trace.say(() -> "rollback: revision " + number + " restores " + world.content(number));
  }
}
