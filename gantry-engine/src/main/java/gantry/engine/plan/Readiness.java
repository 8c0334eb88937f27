package gantry.engine.plan;

import gantry.engine.spec.CheckSpec;
import gantry.engine.store.AlertKind;
import gantry.engine.store.Phase;
import gantry.engine.store.Revision;
import java.time.Duration;

/** The last part of the way: whether a container that runs may get traffic. */
final class Readiness {
  /** Without ready checks a container counts as ready when it has stayed up this long. */
  static final Duration SETTLE = Duration.ofSeconds(1);

  private final Observation o;
  private final Draft draft;
  private final Revision revision;
  private final boolean givesUp;

  Readiness(Observation o, Draft draft, Revision revision, boolean givesUp) {
    this.o = o;
    this.draft = draft;
    this.revision = revision;
    this.givesUp = givesUp;
  }

  BringUp.Progress of(ContainerView container) {
    Probe probe = o.memory().probes().get(container.life());
    if (o.active(container) || (probe != null && probe.passed())) {
      return new BringUp.Progress.Ready();
    }
    if (probe == null) {
      return waits();
    }
    Duration waited = Duration.ofNanos(o.nowNanos() - probe.sinceNanos());
    if (revision.spec().readyChecks().isEmpty()) {
      return settle(probe, waited);
    }
    if (givesUp && isOver(waited) && isLastWord(probe)) {
      return new BringUp.Progress.Broken(
          AlertKind.UPDATEFAIL, Phase.CHECKING, notReady(container, probe));
    }
    return check(container, probe, isOver(waited) ? Phase.UNHEALTHY : Phase.CHECKING);
  }

  private boolean isOver(Duration waited) {
    return waited.compareTo(revision.spec().readyTimeout()) >= 0;
  }

  /**
   * Whether an attempt has failed that nothing could follow in time. Nobody may have looked for a
   * while, such as without the coordinator, and what failed before that says nothing of now.
   */
  private boolean isLastWord(Probe probe) {
    long until = probe.sinceNanos() + revision.spec().readyTimeout().toNanos();
    return !probe.running() && !probe.reason().isEmpty() && probe.nextNanos() - until >= 0;
  }

  private BringUp.Progress settle(Probe probe, Duration waited) {
    if (waited.compareTo(SETTLE) >= 0) {
      return new BringUp.Progress.Ready();
    }
    draft.wakeAt(probe.sinceNanos() + SETTLE.toNanos());
    return waits();
  }

  private BringUp.Progress check(ContainerView container, Probe probe, Phase phase) {
    draft.say(phase, probe.reason().isEmpty() ? awaited() : probe.reason());
    draft.busy();
    if (!probe.running() && o.nowNanos() >= probe.nextNanos()) {
      draft.act(new Action.CheckReady(container, revision, "it is not known to be ready"));
    } else if (!probe.running()) {
      draft.wakeAt(probe.nextNanos());
    }
    return new BringUp.Progress.Underway();
  }

  /** Before the first verdict: {@code waits for http, tcp}. */
  private String awaited() {
    return "waits for "
        + String.join(", ", revision.spec().readyChecks().stream().map(CheckSpec::kind).toList());
  }

  private String notReady(ContainerView container, Probe probe) {
    return "container "
        + container.id().brief()
        + " not ready after "
        + Texts.duration(revision.spec().readyTimeout())
        + ": "
        + probe.reason();
  }

  private BringUp.Progress waits() {
    draft.say(Phase.CHECKING, "");
    draft.busy();
    return new BringUp.Progress.Underway();
  }
}
