package gantry.engine.simulation;

import gantry.engine.plan.ContainerView;
import gantry.engine.store.Desired;
import gantry.engine.store.DesiredStatus;
import gantry.engine.store.Phase;
import gantry.engine.store.Revision;
import gantry.engine.store.RolloutSnapshot;
import gantry.engine.store.SlotView;
import gantry.engine.store.Versioned;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When faults are over everything comes to rest, and the next update goes through. */
final class Calm {
  /** More than the longest back-off, and an update of every machine. */
  private static final Duration LIMIT = Duration.ofMinutes(4);

  /** More than an update takes, with all that it may stand still. */
  private static final Duration LONGEST_UPDATE = Duration.ofMinutes(2);

  private static final int MAX_TICKS = 20_000;

  private final World world;

  Calm(World world) {
    this.world = world;
  }

  void judge() {
    world.calmDown();
    world.clients.leave();
    long begin = world.clock.monotonicNanos();
    boolean rest = comesToRest();
    nobodyStandsStill(world.clock.since(begin));
    if (world.user.usedGoodOnly()) {
      require(!rest, "with faults over everything comes to rest", state());
    }
    if (rest) {
      restIsRight();
    }
    Revision last = world.user.releaseGood();
    require(!comesToRest(), "with faults over an update comes to its end", state());
    if (snapshot().alert().isPresent()) {
      retryWithoutTheLost();
    }
    runs(last.number());
    require(!silent(snapshot()).isEmpty(), "no slot is left behind", state());
    require(snapshot().alert().isPresent(), "no alert is left behind", state());
    present()
        .forEach(
            machine ->
                require(
                    !world.given.names(machine.name).isEmpty(), "no cut is left behind", state()));
  }

  /** Not where updates have a deadline, whatever they are about. */
  private void nobodyStandsStill(Duration calm) {
    if (world.temper.progressDeadline().isZero() || calm.compareTo(LONGEST_UPDATE) < 0) {
      return;
    }
    Instant latest = world.clock.wallTime().minus(LONGEST_UPDATE);
    for (SlotView view : snapshot().slots()) {
      boolean old =
          view.admission().filter(a -> a.value().at().isBefore(latest)).isPresent()
              && present().stream()
                  .anyMatch(m -> view.machine().filter(m.name::equals).isPresent());
      require(old, "with faults over no update stands still", state());
    }
  }

  /** Nobody but a machine that is gone for good can make a good update fail. */
  private void retryWithoutTheLost() {
    String lost = snapshot().alert().orElseThrow().value().machine();
    boolean here = present().stream().anyMatch(machine -> machine.name.equals(lost));
    require(here, "with faults over a good update does not fail", state());
    world.user.retry();
    require(!comesToRest(), "a retry comes to its end", state());
  }

  private boolean comesToRest() {
    long end = world.clock.monotonicNanos() + LIMIT.toNanos();
    int last = world.ticks() + MAX_TICKS;
    while (world.clock.monotonicNanos() < end && world.ticks() < last) {
      world.tick();
      if (present().stream().allMatch(machine -> machine.life().orElseThrow().rests())
          && !somethingComes()) {
        return true;
      }
    }
    return false;
  }

  /** A lease that is about to end, a machine that waits for others, or a loss not told yet. */
  private boolean somethingComes() {
    return present().stream().anyMatch(machine -> machine.record().phase() == Phase.WAITING)
        || snapshot().slots().stream().anyMatch(view -> view.slot().isPresent())
        || lossComes(snapshot());
  }

  /** Who may not take the revision looks at the slots now and then only. */
  private static boolean lossComes(RolloutSnapshot now) {
    boolean ready =
        now.desired().filter(d -> d.value().status() == DesiredStatus.READY).isPresent();
    return ready && now.alert().isEmpty() && !silent(now).isEmpty();
  }

  private List<SimMachine> present() {
    return world.machines.stream().filter(machine -> machine.life().isPresent()).toList();
  }

  private RolloutSnapshot snapshot() {
    return world.truth.snapshot(World.WEB);
  }

  private void restIsRight() {
    RolloutSnapshot now = snapshot();
    if (now.desired().isEmpty()) {
      return;
    }
    for (SlotView view : now.slots()) {
      String machine = view.machine().orElse("?");
      boolean here = present().stream().anyMatch(m -> m.name.equals(machine));
      require(here, "no slot is left behind", view.toString());
    }
    Desired desired = now.desired().get().value();
    if (desired.status() != DesiredStatus.READY) {
      present().forEach(this::ended);
    } else if (now.alertFor(desired(now)).isPresent()) {
      present().forEach(this::servesWhatItRan);
    } else {
      boolean lost = !silent(now).isEmpty() && now.alert().isEmpty();
      require(lost, "a machine that is lost is told", state());
      if (now.alert().isEmpty()) {
        present().forEach(machine -> follows(machine, desired));
      }
    }
  }

  private static long desired(RolloutSnapshot now) {
    return now.desired().map(Versioned::value).orElseThrow().revision();
  }

  private static List<SlotView> silent(RolloutSnapshot now) {
    return now.slots().stream().filter(view -> view.admission().isPresent()).toList();
  }

  private void ended(SimMachine machine) {
    require(!machine.containers().isEmpty(), "what is to end ends", state());
    require(!machine.primaries().isEmpty(), "what is to end gets no traffic", state());
  }

  private void servesWhatItRan(SimMachine machine) {
    servesWhatItRan(machine, machine.containers());
  }

  private void servesWhatItRan(SimMachine machine, List<ContainerView> containers) {
    long revision = machine.record().revision();
    if (revision != 0) {
      serves(machine, containers, revision);
    } else {
      require(!containers.isEmpty(), "no container is forgotten", state());
    }
  }

  /**
   * Who may not take it yet goes on with what it ran, and keeps what it will take while it runs.
   */
  private void follows(SimMachine machine, Desired desired) {
    if (desired.covers(machine.name) && !desired.paused()) {
      runs(machine, desired.revision());
    } else {
      long wanted = world.content(desired.revision());
      long runs = world.content(machine.record().revision());
      servesWhatItRan(
          machine,
          machine.containers().stream()
              .filter(
                  c -> c.revision() == runs || c.revision() != wanted || !c.status().isRunning())
              .toList());
    }
  }

  private void runs(long revision) {
    present().forEach(machine -> runs(machine, revision));
  }

  private void runs(SimMachine machine, long revision) {
    require(machine.record().revision() != revision, "every machine runs it", state());
    require(machine.record().phase() != Phase.READY, "every machine says so", state());
    serves(machine, machine.containers(), revision);
  }

  private void serves(SimMachine machine, List<ContainerView> containers, long revision) {
    require(containers.size() != 1, "no container is forgotten", state());
    ContainerView only = containers.getFirst();
    require(only.revision() != world.content(revision), "it runs its revision", state());
    require(!machine.primaries().equals(List.of(only.life())), "it gets the traffic", state());
  }

  private String state() {
    StringBuilder text = new StringBuilder(snapshot().toString());
    for (SimMachine machine : world.machines) {
      Optional<String> report = machine.life().map(Life::report);
      text.append("\n  ").append(machine.name).append(": ").append(machine.record());
      text.append(report.map(r -> "\n    " + r).orElse(" (gone)"));
      machine
          .containers()
          .forEach(
              c ->
                  text.append("\n    ")
                      .append(c.revision())
                      .append(' ')
                      .append(c.life())
                      .append(' ')
                      .append(c.state()));
      text.append("\n    primaries ").append(machine.primaries());
    }
    return text.toString();
  }

  private static void require(boolean broken, String rule, String seen) {
    if (broken) {
      throw new Violation(rule, seen);
    }
  }
}
