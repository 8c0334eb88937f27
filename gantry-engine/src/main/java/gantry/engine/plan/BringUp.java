package gantry.engine.plan;

import gantry.engine.store.AlertKind;
import gantry.engine.store.Phase;
import gantry.engine.store.Revision;
import java.time.Duration;

/**
 * The way of one container from nothing to ready: pull, create, start, check. An update gives up at
 * the first failure; a container that is to run anyway is tried again, each time a little later.
 */
final class BringUp {
  /** Without ready checks a container counts as ready when it has stayed up this long. */
  static final Duration SETTLE = Duration.ofSeconds(1);

  /** How far it is. */
  sealed interface Progress {
    /** It may get traffic. */
    record Ready() implements Progress {}

    /** Something was decided, or is waited for. */
    record Underway() implements Progress {}

    /** It will not become ready. */
    record Broken(AlertKind kind, String reason) implements Progress {}
  }

  private static final Progress READY = new Progress.Ready();
  private static final Progress UNDERWAY = new Progress.Underway();

  private final Observation o;
  private final Draft draft;
  private final Revision revision;
  private final boolean givesUp;

  BringUp(Observation o, Draft draft, Revision revision, boolean givesUp) {
    this.o = o;
    this.draft = draft;
    this.revision = revision;
    this.givesUp = givesUp;
  }

  Progress advance() {
    long number = revision.number();
    String failure = o.memory().failures().get(number);
    if (failure != null && givesUp) {
      return broken(AlertKind.UPDATEFAIL, failure);
    }
    return o.container(number).map(this::existing).orElseGet(this::missing);
  }

  private Progress missing() {
    switch (o.memory().pulls().get(revision.number())) {
      case null -> pullWhenDue();
      case PullState.Running running -> waitFor(Phase.PULLING, progress(running));
      case PullState.Failed failed -> {
        if (givesUp) {
          return broken(AlertKind.PULLFAIL, failed.reason());
        }
        if (mayRetry(Phase.UNHEALTHY, failed.reason())) {
          pull();
        }
      }
      case PullState.Done done -> create();
    }
    return UNDERWAY;
  }

  /** One that was cut off by the engine's absence is not repeated at once, in an update neither. */
  private void pullWhenDue() {
    long due = o.memory().retryNanos().getOrDefault(revision.number(), o.nowNanos());
    if (o.nowNanos() >= due) {
      pull();
    } else {
      draft.say(Phase.PULLING, "");
      draft.wakeAt(due);
    }
  }

  private void pull() {
    draft.say(Phase.PULLING, "");
    draft.act(new Action.Pull(revision, "revision " + revision.number() + " needs its image"));
  }

  private void create() {
    if (mayRetry(Phase.UNHEALTHY, lastFailure())) {
      draft.say(Phase.STARTING, "");
      draft.act(new Action.Create(revision, "no container of revision " + revision.number()));
    }
  }

  private Progress existing(ContainerView container) {
    // Its stop cannot be taken back: it runs for a moment more, but will not stay.
    if (o.memory().stopping().contains(container.id())) {
      return waitFor(Phase.STARTING, "container " + container.id().brief() + " is shutting down");
    }
    return switch (container.state()) {
      case CREATED -> start(container, "it was made and not started");
      case EXITED -> exited(container);
      case RUNNING -> running(container);
    };
  }

  private Progress exited(ContainerView container) {
    if (givesUp && o.memory().started().contains(container.id())) {
      return broken(AlertKind.UPDATEFAIL, exitReason(container) + " before it was ready");
    }
    return start(container, exitReason(container));
  }

  private static String exitReason(ContainerView container) {
    String code =
        container.status().exitCode().isPresent()
            ? " with code " + container.status().exitCode().getAsInt()
            : "";
    return "container " + container.id().brief() + " exited" + code;
  }

  private Progress start(ContainerView container, String reason) {
    if (mayRetry(Phase.UNHEALTHY, reason)) {
      draft.say(Phase.STARTING, "");
      draft.act(new Action.Start(container.id(), revision.number(), reason));
    }
    return UNDERWAY;
  }

  private Progress running(ContainerView container) {
    Probe probe = o.memory().probes().get(container.life());
    if (o.active(container) || (probe != null && probe.passed())) {
      return READY;
    }
    if (probe == null) {
      return waitFor(Phase.CHECKING, "");
    }
    Duration waited = Duration.ofNanos(o.nowNanos() - probe.sinceNanos());
    if (revision.spec().readyChecks().isEmpty()) {
      return settle(probe, waited);
    }
    if (givesUp && !probe.running() && isOver(waited) && !probe.reason().isEmpty()) {
      return broken(AlertKind.UPDATEFAIL, notReady(container, probe));
    }
    return check(container, probe, isOver(waited) ? Phase.UNHEALTHY : Phase.CHECKING);
  }

  private boolean isOver(Duration waited) {
    return waited.compareTo(revision.spec().readyTimeout()) >= 0;
  }

  private Progress settle(Probe probe, Duration waited) {
    if (waited.compareTo(SETTLE) >= 0) {
      return READY;
    }
    draft.wakeAt(probe.sinceNanos() + SETTLE.toNanos());
    return waitFor(Phase.CHECKING, "");
  }

  private Progress check(ContainerView container, Probe probe, Phase phase) {
    draft.say(phase, probe.reason());
    draft.busy();
    if (!probe.running() && o.nowNanos() >= probe.nextNanos()) {
      draft.act(new Action.CheckReady(container, revision, "it is not known to be ready"));
    } else if (!probe.running()) {
      draft.wakeAt(probe.nextNanos());
    }
    return UNDERWAY;
  }

  private String notReady(ContainerView container, Probe probe) {
    return "container "
        + container.id().brief()
        + " not ready after "
        + Texts.duration(revision.spec().readyTimeout())
        + ": "
        + probe.reason();
  }

  private Progress waitFor(Phase phase, String reason) {
    draft.say(phase, reason);
    draft.busy();
    return UNDERWAY;
  }

  private static Progress broken(AlertKind kind, String reason) {
    return new Progress.Broken(kind, reason);
  }

  private boolean mayRetry(Phase phase, String reason) {
    long next = o.memory().retryNanos().getOrDefault(revision.number(), o.nowNanos());
    if (givesUp || o.nowNanos() >= next) {
      return true;
    }
    draft.say(phase, reason);
    draft.wakeAt(next);
    return false;
  }

  private String lastFailure() {
    return o.memory().failures().getOrDefault(revision.number(), "");
  }

  private static String progress(PullState.Running running) {
    if (running.totalBytes() == 0) {
      return "";
    }
    return running.doneBytes() * 100 / running.totalBytes()
        + "% of "
        + running.totalBytes()
        + " bytes";
  }
}
