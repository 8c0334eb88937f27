package gantry.engine.simulation;

import gantry.api.Clock;
import gantry.api.Subscription;
import gantry.api.coordination.Session;
import java.time.Duration;

/** A session whose holder looks at the clock too seldom to notice in time that it has ended. */
final class LateSession implements Session {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(30);

  private final Session real;
  private final Clock clock;
  private Duration seen;
  private long seenNanos;

  LateSession(Session real, Clock clock) {
    this.real = real;
    this.clock = clock;
    this.seen = real.remaining();
    this.seenNanos = clock.monotonicNanos();
  }

  @Override
  public String id() {
    return real.id();
  }

  @Override
  public Duration ttl() {
    return real.ttl();
  }

  @Override
  public Duration remaining() {
    if (clock.since(seenNanos).compareTo(BETWEEN_LOOKS) > 0) {
      seen = real.remaining();
      seenNanos = clock.monotonicNanos();
    }
    return seen;
  }

  @Override
  public Subscription onLost(Runnable wake) {
    return real.onLost(wake);
  }

  @Override
  public void close() {
    real.close();
  }
}
