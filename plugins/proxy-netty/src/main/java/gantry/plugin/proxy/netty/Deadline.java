package gantry.plugin.proxy.netty;

import gantry.api.Clock;
import java.time.Duration;

/** A point on the monotonic clock by which something must be done. */
record Deadline(Clock clock, long startNanos, Duration limit) {
  static Deadline in(Clock clock, Duration limit) {
    return new Deadline(clock, clock.monotonicNanos(), limit);
  }

  boolean isOver() {
    return left().isZero();
  }

  /** What is left; never negative. */
  Duration left() {
    Duration left = limit.minus(clock.since(startNanos));
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Rests before the next try, at most to the deadline. */
  void pause(Duration time) throws InterruptedException {
    Thread.sleep(time.compareTo(left()) < 0 ? time : left());
  }
}
