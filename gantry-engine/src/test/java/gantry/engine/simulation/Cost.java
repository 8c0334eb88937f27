package gantry.engine.simulation;

import gantry.testkit.coordination.InMemoryCoordinator;
import java.time.Duration;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * What one rollout over so many machines costs the coordinator.
 *
 * @param operations calls of all agents, reads included
 * @param writes those that changed something
 * @param events hints to all agents
 * @param time that it took on the simulated clock
 */
record Cost(int machines, long operations, long writes, long events, Duration time) {
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
        after.writes - before.writes,
        after.events - before.events,
        after.time.minus(before.time));
  }

  private static void update(World world) {
    long revision = world.user.releaseGood().number();
    while (world.machines.stream().anyMatch(machine -> !machine.rests(revision))) {
      world.work();
    }
  }

  private static Cost now(World world) {
    return new Cost(
        world.machines.size(),
        sum(world, InMemoryCoordinator::operations),
        world.store.connect("reader").list("/").revision(),
        sum(world, InMemoryCoordinator::events),
        Duration.ofNanos(world.clock.monotonicNanos()));
  }

  private static long sum(World world, ToLongFunction<InMemoryCoordinator> count) {
    return world.machines.stream()
        .flatMap(machine -> machine.life().stream())
        .mapToLong(life -> count.applyAsLong(life.client()))
        .sum();
  }

  private double each(long all) {
    return (double) all / machines;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%5d machines: per machine %8.1f operations, %5.1f writes, %8.1f events; in %d s",
        machines,
        each(operations),
        each(writes),
        each(events),
        time.toSeconds());
  }
}
