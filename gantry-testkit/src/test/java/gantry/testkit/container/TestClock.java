package gantry.testkit.container;

import gantry.api.Clock;
import java.time.Duration;
import java.time.Instant;

/** A clock that moves only when told to. */
final class TestClock implements Clock {
  private long nanos;

  void advance(Duration time) {
    nanos += time.toNanos();
  }

  @Override
  public Instant wallTime() {
    return Instant.parse("2026-01-01T00:00:00Z").plusNanos(nanos);
  }

  @Override
  public long monotonicNanos() {
    return nanos;
  }
}
