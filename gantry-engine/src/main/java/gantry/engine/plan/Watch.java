package gantry.engine.plan;

import gantry.engine.store.AlertKind;
import gantry.engine.store.Phase;
import gantry.engine.store.Revision;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The time after the switch for which a new container has to go on well: its ready checks are
 * repeated, and the proxy must be able to connect to it. Example with {@code minHealthy} of 10 s: a
 * check that fails at 4, 5 and 6 s ends the update; one that fails at 9 s and holds at 10 s does
 * not; one that fails at 10 s is asked again until it holds or has failed three times.
 */
final class Watch {
  /** A round of checks may fail for a reason that is over with the next; so may a connection. */
  static final int FAILURES = 3;

  /** What is to be written down first is looked for after this time. */
  private static final Duration TOLD_LOOK = Duration.ofMillis(100);

  private final Observation o;
  private final Draft draft;
  private final Revision revision;

  Watch(Observation o, Draft draft, Revision revision) {
    this.o = o;
    this.draft = draft;
    this.revision = revision;
  }

  /**
   * While nothing can be done about a watch the record goes on saying how it went: after a switch
   * back nothing else does.
   */
  static void keepVerdict(Observation o, Draft draft) {
    boolean verdict =
        o.record().phase() == Phase.WATCHING
            && !o.record().reason().isEmpty()
            && o.rollout().admissionOf(o.place().machine()).isPresent();
    if (verdict && !mayAct(o)) {
      draft.say(Phase.WATCHING, o.record().reason());
    }
  }

  private static boolean mayAct(Observation o) {
    boolean sees =
        o.engine() instanceof EngineView.Visible
            && (!o.needsProxy() || o.proxy() instanceof ProxyView.Up);
    boolean holds = o.rollout().admissionOf(o.place().machine()).filter(o::holds).isPresent();
    return sees && o.connected() && o.lease().held() && holds;
  }

  BringUp.Progress of(ContainerView container) {
    Duration minHealthy = revision.spec().update().minHealthy();
    if (minHealthy.isZero()) {
      return new BringUp.Progress.Ready();
    }
    Probe probe = o.memory().probes().get(container.life());
    Optional<String> failure = failure(container, probe);
    if (failure.isPresent()) {
      return failed(failure.get());
    }
    long until = servingSince(container, probe) + minHealthy.toNanos();
    if (o.nowNanos() - until >= 0 && holds(probe)) {
      return new BringUp.Progress.Ready();
    }
    goOn(container, probe, until);
    return new BringUp.Progress.Underway();
  }

  private Optional<String> failure(ContainerView container, @Nullable Probe probe) {
    if (probe != null && probe.failures() >= FAILURES) {
      return Optional.of(probe.reason());
    }
    boolean unreachable =
        o.proxy() instanceof ProxyView.Up up
            && up.backend(container.life()).connectFailures() >= FAILURES;
    return unreachable
        ? Optional.of("the proxy could not connect to it " + FAILURES + " times")
        : Optional.empty();
  }

  /**
   * Once traffic has gone back nothing shows that this container failed, and whoever has just
   * started would switch to it again: the record says so before anything is done about it.
   */
  private BringUp.Progress failed(String reason) {
    boolean told = o.record().phase() == Phase.WATCHING && o.record().reason().equals(reason);
    if (told) {
      return new BringUp.Progress.Broken(AlertKind.UPDATEFAIL, Phase.WATCHING, reason);
    }
    draft.say(Phase.WATCHING, reason);
    draft.wakeAt(o.nowNanos() + TOLD_LOOK.toNanos());
    return new BringUp.Progress.Underway();
  }

  /** Whoever has just started has to see it hold as well. */
  private boolean holds(@Nullable Probe probe) {
    return revision.spec().readyChecks().isEmpty()
        || (probe != null && probe.passed() && probe.failures() == 0);
  }

  private void goOn(ContainerView container, @Nullable Probe probe, long until) {
    draft.say(Phase.WATCHING, probe == null ? "" : probe.reason());
    if (o.nowNanos() - until < 0) {
      draft.wakeAt(until);
    }
    if (revision.spec().readyChecks().isEmpty() || probe == null || probe.running()) {
      return;
    }
    if (o.nowNanos() - probe.nextNanos() >= 0) {
      draft.act(new Action.CheckReady(container, revision, "it is watched after the switch"));
    } else {
      draft.wakeAt(probe.nextNanos());
    }
  }

  /** Without ports nothing is routed to: its life counts from when it was first seen. */
  private long servingSince(ContainerView container, @Nullable Probe probe) {
    long seen = probe == null ? o.nowNanos() : probe.sinceNanos();
    boolean routed = !revision.spec().ports().isEmpty();
    return routed
        ? o.memory().activeSinceNanos().getOrDefault(container.life(), o.nowNanos())
        : seen;
  }
}
