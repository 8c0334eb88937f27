package gantry.engine.plan;

import gantry.engine.store.Revision;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Containers that have drained, or drain still, and could serve again at once: what makes a
 * rollback a matter of one change in the proxy.
 */
final class Warm {
  private final Observation o;
  private final Draft draft;

  Warm(Observation o, Draft draft) {
    this.o = o;
    this.draft = draft;
  }

  /**
   * Whether a rollback finds its container: running, to stay, and known to be ready in this life.
   */
  boolean serves(Revision rollback) {
    return rollback.isRollback()
        && o.container(rollback.number()).filter(this::isReady).isPresent();
  }

  /**
   * Gives it the traffic in the very plan that admits it, which ends where the admission is
   * rejected: looking at everything once more in between would cost most of the time.
   */
  void leadTo(Revision rollback) {
    ContainerView container = o.container(rollback.number()).orElseThrow();
    if (rollback.spec().ports().isEmpty() || o.active(container)) {
      return;
    }
    long number = rollback.number();
    String reason = "what revision " + number + " restores is ready";
    Routing.to(o, rollback, container)
        .ifPresent(
            routes -> draft.act(new Action.ApplyRoutes(routes, number, Optional.empty(), reason)));
  }

  /** Whether it can be made ready again without another one taking its name. */
  boolean lives(ContainerView container) {
    return container.status().isRunning() && !o.memory().stopping().contains(container.id());
  }

  private boolean isReady(ContainerView container) {
    Probe probe = o.memory().probes().get(container.life());
    return lives(container)
        && (o.active(container)
            || o.memory().activeSinceNanos().containsKey(container.life())
            || (probe != null && probe.passed()));
  }

  /** The revision that served before the present one, while its container is to be kept. */
  OptionalLong previous() {
    long previous = o.record().previous();
    Duration keep =
        o.revision(o.record().revision())
            .map(revision -> revision.spec().update().keepPrevious())
            .orElse(Duration.ZERO);
    boolean same = o.content(previous) == o.content(o.record().revision());
    if (previous == 0 || same || keep.isZero() || !isDrained(previous)) {
      return OptionalLong.empty();
    }
    ContainerView container = o.container(previous).orElseThrow();
    long until = drainedSince(container) + keep.toNanos();
    if (o.nowNanos() - until >= 0) {
      return OptionalLong.empty();
    }
    draft.wakeAt(until);
    return OptionalLong.of(previous);
  }

  /** One with connections that hold it is kept by them, and listed with them. */
  private boolean isDrained(long revision) {
    return o.container(revision)
        .filter(this::lives)
        .filter(c -> hasNoConnection(c) || overSince(c).isPresent())
        .isPresent();
  }

  private boolean hasNoConnection(ContainerView container) {
    return o.proxy() instanceof ProxyView.Up up && up.connections(container.life()) == 0;
  }

  private long drainedSince(ContainerView container) {
    return overSince(container).orElseGet(() -> idleSince(container));
  }

  /** When the connections that it still has ceased to hold it. */
  private Optional<Long> overSince(ContainerView container) {
    return o.proxy() instanceof ProxyView.Up up && up.connections(container.life()) > 0
        ? new DrainLimits(o)
            .first(up.backend(container.life()))
            .filter(DrainLimits.Limit::isOver)
            .map(limit -> o.nowNanos() + limit.left().toNanos())
        : Optional.empty();
  }

  private long idleSince(ContainerView container) {
    return o.memory().idleSinceNanos().getOrDefault(container.life(), o.nowNanos());
  }
}
