package gantry.engine.simulation;

import gantry.engine.plan.ContainerView;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** What goes wrong by itself, between calls: outages that end, and deaths. */
final class Troubles {
  private final World world;
  private final Dice dice;
  private boolean oneIsGone;

  Troubles(World world) {
    this.world = world;
    this.dice = world.dice;
  }

  void one() {
    SimMachine machine = dice.any(world.machines);
    switch (dice.below(16)) {
      case 0, 1 -> agentDies(machine);
      case 2 -> goesForGood(machine);
      case 3, 4 -> cut(List.of(machine), "is cut off from the coordinator");
      case 5 -> cut(world.machines, "sees the coordinator down");
      case 6 -> coordinatorStops();
      case 7 ->
          outage(machine, "the engine of", m -> m.engineMute = true, m -> m.engineMute = false);
      case 8 -> outage(machine, "the proxy of", m -> m.proxyMute = true, m -> m.proxyMute = false);
      case 9 -> proxyDies(machine);
      case 10, 11 -> containerEnds(machine);
      case 12 -> reboot(machine);
      case 13 -> stands(machine);
      case 14 -> somebodyRemoves(machine);
      default -> otherTrouble();
    }
  }

  private void agentDies(SimMachine machine) {
    machine
        .life()
        .ifPresent(
            life -> {
              world.trace.say(() -> life.name + " is killed");
              machine.kill(life);
              Duration pause = dice.chance(0.6) ? dice.seconds(0, 5) : dice.seconds(5, 90);
              world.timers.in(pause, machine::startAgent);
            });
  }

  private void goesForGood(SimMachine machine) {
    if (!oneIsGone && world.machines.size() > 1 && machine.life().isPresent()) {
      oneIsGone = true;
      machine.gone = true;
      agentDies(machine);
    }
  }

  private void cut(List<SimMachine> machines, String what) {
    Duration time = length();
    for (SimMachine machine : machines) {
      world.trace.say(() -> machine.name + " " + what + " for " + time);
      setCut(machine, true);
      world.timers.in(time, () -> setCut(machine, false));
    }
  }

  private static void setCut(SimMachine machine, boolean cut) {
    machine.cut = cut;
    machine.life().ifPresent(Life::setCut);
  }

  /** Unlike a cut: no lease ends while the store itself stands still. */
  private void coordinatorStops() {
    world.store.setExpiryDelay(Duration.ofHours(1));
    cut(world.machines, "sees the coordinator stopped");
    world.timers.in(Duration.ofSeconds(50), () -> world.store.setExpiryDelay(Duration.ZERO));
  }

  private void outage(
      SimMachine machine, String what, Consumer<SimMachine> begin, Consumer<SimMachine> end) {
    Duration time = length();
    world.trace.say(() -> what + " " + machine.name + " does not answer for " + time);
    begin.accept(machine);
    world.timers.in(time, () -> end.accept(machine));
  }

  private void proxyDies(SimMachine machine) {
    world.trace.say(() -> "the proxy of " + machine.name + " dies");
    machine.proxy.kill();
  }

  private void containerEnds(SimMachine machine) {
    List<ContainerView> running =
        machine.containers().stream().filter(c -> c.status().isRunning()).toList();
    if (!running.isEmpty()) {
      ContainerView victim = dice.any(running);
      world.trace.say(() -> "container " + victim.id().brief() + " of " + machine.name + " ends");
      machine.engine.crash(victim.id(), 1);
    }
  }

  private void reboot(SimMachine machine) {
    if (!machine.gone) {
      world.trace.say(() -> machine.name + " reboots");
      agentDies(machine);
      machine.proxy.kill();
      machine.containers().forEach(container -> machine.engine.crash(container.id(), 137));
    }
  }

  private void stands(SimMachine machine) {
    Duration time = length();
    world.trace.say(() -> "the agent of " + machine.name + " stands still for " + time);
    machine.life().ifPresent(life -> life.freeze(time));
  }

  private void somebodyRemoves(SimMachine machine) {
    List<ContainerView> all = machine.containers();
    if (!all.isEmpty()) {
      ContainerView victim = dice.any(all);
      world.trace.say(() -> "somebody removes container " + victim.id().brief());
      machine.truth.kill(victim.id());
      machine.truth.remove(victim.id());
    }
  }

  private void otherTrouble() {
    if (dice.chance(0.5)) {
      Duration jump = Duration.ofSeconds(dice.below(7200) - 3600L);
      world.trace.say(() -> "the wall clock jumps by " + jump);
      world.clock.setWallTime(world.clock.wallTime().plus(jump));
    } else {
      world.trace.say(() -> "the registry does not answer");
      world.registry.setReachable(false);
      world.timers.in(length(), () -> world.registry.setReachable(true));
    }
  }

  private Duration length() {
    return dice.chance(0.5) ? dice.upTo(Duration.ofSeconds(6)) : dice.seconds(6, 40);
  }

  /** Everything works again, and every agent runs that is not gone for good. */
  void heal() {
    world.registry.setReachable(true);
    world.store.setExpiryDelay(Duration.ZERO);
    for (SimMachine machine : world.machines) {
      machine.engineMute = false;
      machine.proxyMute = false;
      machine.startAgent();
      machine.life().ifPresent(Life::thaw);
      setCut(machine, false);
    }
  }
}
