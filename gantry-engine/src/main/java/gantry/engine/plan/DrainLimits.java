package gantry.engine.plan;

import gantry.api.proxy.BackendStatus;
import gantry.engine.spec.DrainSpec;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long connections hold a container that drains, by the policy of the revision that this
 * machine runs: it is what the user wants of old containers now. Both times are the proxy's, so
 * that they outlive agents and do not depend on the time of day. What the proxy does not know has
 * not passed.
 */
final class DrainLimits {
  private final DrainSpec policy;

  DrainLimits(Observation o) {
    this.policy =
        o.revision(o.record().revision()).map(r -> r.spec().drain()).orElse(DrainSpec.DEFAULT);
  }

  /** A limit of a drain. */
  record Limit(Duration left, String reason) {
    boolean isOver() {
      return !left.isPositive();
    }
  }

  /** The limit that ends first; empty when there is none, or nothing is known. */
  Optional<Limit> first(BackendStatus status) {
    return Stream.of(
            limit(policy.timeout(), status.draining(), "it has drained for "),
            limit(policy.idle(), status.idle(), "its connections have been silent for "))
        .flatMap(Optional::stream)
        .min((a, b) -> a.left().compareTo(b.left()));
  }

  private static Optional<Limit> limit(Duration allowed, Optional<Duration> passed, String what) {
    return allowed.isZero()
        ? Optional.empty()
        : passed.map(time -> new Limit(allowed.minus(time), what + Texts.duration(allowed)));
  }
}
