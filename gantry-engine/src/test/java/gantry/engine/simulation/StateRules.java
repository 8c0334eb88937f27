package gantry.engine.simulation;

import gantry.api.container.ContainerId;
import gantry.api.container.ContainerState;
import gantry.engine.plan.ContainerView;
import gantry.engine.store.DesiredStatus;
import gantry.engine.store.Revision;
import gantry.testkit.container.InMemoryEngine;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must hold after everything that happens. */
final class StateRules {
  private final World world;
  private final Map<String, String> servedBy = new HashMap<>();
  private final Map<Long, Revision> revisions = new HashMap<>();

  StateRules(World world) {
    this.world = world;
  }

  void check() {
    world.machines.forEach(this::check);
  }

  /** One machine has done something. */
  void check(SimMachine machine) {
    machine.watch.look();
    List<ContainerView> containers = machine.containers();
    single(machine, containers);
    alone(machine, containers);
    containers.forEach(container -> frozen(machine, container));
    List<String> primaries = machine.primaries();
    require(primaries.size() > 1, "there is at most one primary", machine.name + primaries);
    serving(machine, containers, primaries);
    foreign(machine.engine);
  }

  private static void single(SimMachine machine, List<ContainerView> containers) {
    Set<Long> seen = new HashSet<>();
    for (ContainerView container : containers) {
      require(
          !seen.add(container.revision()),
          "a revision has one container",
          machine.name + " revision " + container.revision());
    }
  }

  private void alone(SimMachine machine, List<ContainerView> containers) {
    long running = containers.stream().filter(c -> c.status().isRunning()).count();
    require(
        world.temper.stopFirst() && running > 1,
        "with stop-first nothing runs beside a container",
        machine.name);
  }

  /** Every machine that runs a revision runs the same image: the one of the day of its making. */
  private void frozen(SimMachine machine, ContainerView container) {
    Revision revision =
        revisions.computeIfAbsent(
            container.revision(), number -> world.truth.revision(World.WEB, number).orElseThrow());
    require(
        !container.status().imageId().equals(revision.image().id()),
        "a revision is one digest",
        machine.name + " revision " + container.revision());
  }

  private void serving(SimMachine machine, List<ContainerView> containers, List<String> primaries) {
    Optional<ContainerView> now =
        containers.stream()
            .filter(c -> c.status().isRunning() && primaries.contains(c.life()))
            .filter(c -> answers(machine, c))
            .findFirst();
    String before = servedBy.get(machine.name);
    if (now.isPresent()) {
      servedBy.put(machine.name, now.get().life());
    } else if (before != null) {
      servedBy.remove(machine.name);
      boolean excused =
          world.temper.stopFirst()
              || !machine.proxy.isRunning()
              || mayEnd(machine)
              || primaries.stream().anyMatch(p -> endedByItself(machine, containers, p))
              || endedByItself(machine, containers, before)
              || primaries.stream().anyMatch(p -> brokeByItself(machine, containers, p));
      require(!excused, "a machine that serves goes on serving", machine.name + " " + before);
    }
  }

  private static boolean answers(SimMachine machine, ContainerView container) {
    return Optional.ofNullable(container.status().endpoints().get(User.CONTAINER))
        .flatMap(machine.engine::ask)
        .filter(answer -> answer.status() == 200)
        .isPresent();
  }

  /** It was asked to end, as far as its agent knows. */
  private static boolean mayEnd(SimMachine machine) {
    return machine
        .life()
        .flatMap(Life::seen)
        .flatMap(o -> o.rollout().desired())
        .filter(d -> d.value().status() != DesiredStatus.READY)
        .isPresent();
  }

  private static boolean endedByItself(
      SimMachine machine, List<ContainerView> containers, String life) {
    ContainerId id = new ContainerId(life.substring(0, life.indexOf('@')));
    boolean runs =
        containers.stream().anyMatch(c -> c.life().equals(life) && c.status().isRunning());
    return !runs && !machine.endedByAgent.contains(id);
  }

  /** It passed its checks when it got the traffic, and still runs. */
  private static boolean brokeByItself(
      SimMachine machine, List<ContainerView> containers, String life) {
    return machine.passed.contains(life)
        && containers.stream().anyMatch(c -> c.life().equals(life) && c.status().isRunning());
  }

  private static void foreign(InMemoryEngine engine) {
    boolean runs =
        Engines.foreign(engine).filter(s -> s.state() == ContainerState.RUNNING).isPresent();
    require(!runs, "what belongs to others is not touched", "the foreign container");
  }

  /** A client has reached a life: nobody may reach one that has not passed its checks. */
  void reached(SimMachine machine, String life) {
    String id = life.substring(0, life.indexOf('@'));
    Optional<ContainerView> container =
        machine.containers().stream()
            .filter(c -> c.id().value().equals(id) && c.status().isRunning())
            .findFirst();
    require(
        container.filter(c -> !machine.passed.contains(c.life())).isPresent(),
        "a client reaches only a life that passed its checks",
        life);
  }

  private static void require(boolean broken, String rule, String seen) {
    if (broken) {
      throw new Violation(rule, seen);
    }
  }
}
