package gantry.engine.simulation;

import java.time.Duration;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * What one rollout over so many machines costs the coordinator.
 *
 * @param operations calls of all agents, reads included, but for those of the resync
 * @param resync calls that nothing but the time brought about; they come without a rollout too
 * @param writes those that changed something
 * @param events hints to all agents
 * @param time that it took on the simulated clock
 */
record Cost(int machines, long operations, long resync, long writes, long events, Duration time) {
  /** The second update of a fleet that runs the first. */
  static Cost of(int machines) {
    World world = new World(new Dice(machines), dice -> Temper.calm(machines), Mutant.NONE, false);
    world.calmDown();
    update(world);
    Cost before = now(world);
    update(world);
    Cost after = now(world);
    return new Cost(
        machines,
        after.operations - before.operations,
        after.resync - before.resync,
        after.writes - before.writes,
        after.events - before.events,
        after.time.minus(before.time));
  }

  private static void update(World world) {
    long revision = world.user.releaseAtOnce().number();
    while (world.machines.stream().anyMatch(machine -> !machine.rests(revision))) {
      world.work();
    }
  }

  private static Cost now(World world) {
    return new Cost(
        world.machines.size(),
        sum(world, life -> life.client().operations() - life.resyncOperations()),
        sum(world, Life::resyncOperations),
        world.store.connect("reader").list("/").revision(),
        sum(world, life -> life.client().events()),
        Duration.ofNanos(world.clock.monotonicNanos()));
  }

  private static long sum(World world, ToLongFunction<Life> count) {
    return world.machines.stream()
        .flatMap(machine -> machine.life().stream())
        .mapToLong(life -> count.applyAsLong(life))
        .sum();
  }

  double each(long all) {
    return (double) all / machines;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%5d machines: per machine %5.1f operations, %4.1f writes, %4.1f events; resync %.1f; in %d s",
        machines,
        each(operations),
        each(writes),
        each(events),
        each(resync),
        time.toSeconds());
  }
}
