package gantry.engine.simulation;

import gantry.api.container.ContainerId;
import gantry.api.container.ContainerSpec;
import gantry.api.coordination.Coordinator;
import gantry.api.coordination.Outcome;
import gantry.api.coordination.Session;
import gantry.api.coordination.Transaction;
import gantry.api.proxy.Proxy;
import gantry.api.proxy.Route;
import gantry.engine.plan.ContainerView;
import gantry.engine.simulation.Gate.Call;
import gantry.engine.store.Versioned;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What no call may do, judged by what is really there at the moment of the call. */
final class CallRules {
  private final Life life;
  private final SimMachine machine;
  private final CommitRules commits;

  CallRules(Life life) {
    this.life = life;
    this.machine = life.machine;
    this.commits = new CommitRules(life);
  }

  void before(Call call, Object[] arguments) {
    if (call.part() == Coordinator.class) {
      if (arguments[0] instanceof Transaction transaction) {
        commits.before(transaction);
      }
    } else if (call.part() == Proxy.class) {
      if (call.name().equals("apply")) {
        ((List<?>) arguments[1]).forEach(route -> route((Route) route));
      }
    } else {
      container(call, arguments[0]);
    }
  }

  void after(Call call, Object answer) {
    if (answer instanceof Outcome outcome) {
      commits.after(outcome);
    } else if (answer instanceof Session session) {
      life.sessions.add(session.id());
    }
  }

  private void container(Call call, Object argument) {
    if (argument instanceof ContainerSpec spec) {
      fenced(revision(spec.labels()), call);
    } else if (argument instanceof ContainerId id && exists(id)) {
      ContainerView container = own(call, id);
      switch (call.name()) {
        case "start" -> start(call, container);
        case "stop" -> stop(container);
        case "kill" -> kill(container);
        default -> {}
      }
    }
  }

  private boolean exists(ContainerId id) {
    return machine.truth.inspect(id).isPresent();
  }

  private ContainerView own(Call call, ContainerId id) {
    return machine
        .container(id)
        .orElseThrow(() -> new Violation("only own containers are touched", call + " " + id));
  }

  private void start(Call call, ContainerView container) {
    fenced(container.revision(), call);
    boolean routed =
        machine.primaries().stream().anyMatch(p -> p.startsWith(container.id().value()));
    machine.endedByAgent.remove(container.id());
    require(routed, "nothing leads to a life that is not checked", "start of " + container.id());
  }

  private void stop(ContainerView container) {
    if (container.status().isRunning() && !life.isDead()) {
      require(
          machine.connections(container.life()) > 0
              && !isPastItsLimit(container.life())
              && !isCut(container),
          "a container with a connection is not stopped before its drain limit",
          container.life());
      require(
          machine.primaries().contains(container.life()),
          "a container is drained only after the switch",
          container.life());
      machine.endedByAgent.add(container.id());
    }
  }

  private boolean isPastItsLimit(String life) {
    Duration limit = machine.world.temper.drain().timeout();
    return !limit.isZero() && machine.draining(life).compareTo(limit) >= 0;
  }

  /** A cut ends drains that went on when it was given, and no later ones. */
  private boolean isCut(ContainerView container) {
    return machine.world.given.covers(machine, container.id(), machine.draining(container.life()));
  }

  private void kill(ContainerView container) {
    require(
        !life.mayKill(container.id()),
        "a container is killed only when that is asked for",
        container.life());
  }

  private void route(Route route) {
    List<String> active =
        route.backends().stream().filter(b -> b.active()).map(b -> b.id()).toList();
    require(active.size() > 1, "there is at most one primary", active.toString());
    for (String backend : active) {
      require(
          !machine.passed.contains(backend),
          "traffic moves only to a life that passed its checks",
          backend);
      machine.containers().stream()
          .filter(container -> container.life().equals(backend))
          .forEach(container -> fenced(container.revision(), new Call(Proxy.class, "apply")));
    }
  }

  /** What this machine does not run yet, it touches only while it holds a slot for it. */
  private void fenced(long revision, Call call) {
    require(
        machine.world.content(machine.record().revision()) != revision && !holds(revision),
        "a new revision is touched only under the fence",
        life.name + " " + call + " revision " + revision);
  }

  private boolean holds(long revision) {
    return machine.world.truth.snapshot(World.WEB).slots().stream()
        .flatMap(view -> view.slot().stream())
        .map(Versioned::value)
        .anyMatch(
            slot ->
                slot.machine().equals(machine.name)
                    && machine.world.content(slot.revision()) == revision
                    && life.sessions.contains(slot.session()));
  }

  private static long revision(Map<String, String> labels) {
    return Long.parseLong(labels.get("gantry.revision"));
  }

  private static void require(boolean broken, String rule, String seen) {
    if (broken) {
      throw new Violation(rule, seen);
    }
  }
}
