package gantry.engine.plan;

import gantry.engine.store.AlertKind;
import gantry.engine.store.Phase;
import gantry.engine.store.Revision;
import gantry.engine.store.SlotView;
import java.util.Optional;

/**
 * The way of one container from nothing to ready: pull, create, start, check. An update gives up at
 * the first failure; a container that is to run anyway is tried again, each time a little later.
 */
final class BringUp {
  /** How far it is. */
  sealed interface Progress {
    /** It may get traffic. */
    record Ready() implements Progress {}

    /** Something was decided, or is waited for. */
    record Underway() implements Progress {}

    /** It will not become ready: what went on then, and why not. */
    record Broken(AlertKind kind, Phase phase, String reason) implements Progress {}
  }

  private static final Progress UNDERWAY = new Progress.Underway();

  private final Observation o;
  private final Draft draft;
  private final Revision revision;
  private final boolean givesUp;
  private final StopFirst others;

  /** For what runs here anyway. */
  static BringUp again(Observation o, Draft draft, Revision revision) {
    return new BringUp(o, draft, revision, Optional.empty());
  }

  /** For an update, under its slot. */
  static BringUp under(SlotView slot, Observation o, Draft draft, Revision revision) {
    return new BringUp(o, draft, revision, Optional.of(slot));
  }

  private BringUp(Observation o, Draft draft, Revision revision, Optional<SlotView> slot) {
    this.o = o;
    this.draft = draft;
    this.revision = revision;
    this.givesUp = slot.isPresent();
    this.others = new StopFirst(o, draft, revision, slot);
  }

  Progress advance() {
    long number = revision.number();
    String failure = o.memory().failures().get(number);
    if (failure != null && givesUp) {
      return broken(AlertKind.UPDATEFAIL, Phase.STARTING, failure);
    }
    return o.container(number).map(this::existing).orElseGet(this::missing);
  }

  private Progress missing() {
    switch (o.memory().pulls().get(revision.number())) {
      case null -> pullWhenDue();
      case PullState.Running running -> waitFor(Phase.PULLING, progress(running));
      case PullState.Failed failed -> {
        if (givesUp) {
          return broken(AlertKind.PULLFAIL, Phase.PULLING, failed.reason());
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
    if (mayRetry(Phase.UNHEALTHY, lastFailure()) && others.hasRoom()) {
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
      case RUNNING -> new Readiness(o, draft, revision, givesUp).of(container);
    };
  }

  private Progress exited(ContainerView container) {
    if (givesUp && (o.memory().started().contains(container.id()) || isReplaceable(container))) {
      return diedAfterSwitch()
          ? broken(
              AlertKind.UPDATEFAIL,
              Phase.WATCHING,
              exitReason(container) + " soon after the switch")
          : broken(
              AlertKind.UPDATEFAIL, Phase.STARTING, exitReason(container) + " before it was ready");
    }
    return start(container, exitReason(container));
  }

  /** Its record was written when the watch began, and says so until the failure is told. */
  private boolean diedAfterSwitch() {
    return o.record().phase() == Phase.WATCHING;
  }

  /** It was switched to before this process knew it, and another is there to switch back to. */
  private boolean isReplaceable(ContainerView container) {
    return routed(container)
        && o.containers().stream().anyMatch(other -> other.status().isRunning());
  }

  private boolean routed(ContainerView container) {
    return !revision.spec().ports().isEmpty()
        && o.proxy() instanceof ProxyView.Up up
        && up.routesToAnyLifeOf(container.id());
  }

  private static String exitReason(ContainerView container) {
    String code =
        container.status().exitCode().isPresent()
            ? " with code " + container.status().exitCode().getAsInt()
            : "";
    return "container " + container.id().brief() + " exited" + code;
  }

  /** Its next life has not passed its checks: nothing may lead to it before it has. */
  private Progress start(ContainerView container, String reason) {
    if (routed(container)) {
      draft.say(Phase.UNHEALTHY, reason);
      draft.act(
          new Action.ApplyRoutes(
              Routing.closed(o, revision), 0, Optional.empty(), "its container has ended"));
    } else if (mayRetry(Phase.UNHEALTHY, reason) && others.hasRoom()) {
      draft.say(Phase.STARTING, "");
      draft.act(new Action.Start(container.id(), revision.number(), reason));
    }
    return UNDERWAY;
  }

  private Progress waitFor(Phase phase, String reason) {
    draft.say(phase, reason);
    draft.busy();
    return UNDERWAY;
  }

  private static Progress broken(AlertKind kind, Phase phase, String reason) {
    return new Progress.Broken(kind, phase, reason);
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
        + Texts.bytes(running.totalBytes());
  }
}
