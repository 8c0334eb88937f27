package gantry.engine.loop;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before what keeps failing is tried again: doubling from one second to a minute,
 * spread by a quarter so that machines do not try in step (swarmkit#2187).
 */
final class Backoff {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final double SPREAD = 0.25;

  private final RandomGenerator random;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** The wait after this many attempts, at least one. */
  Duration after(int attempts) {
    long doubled = FIRST.toNanos() << Math.min(attempts - 1, 6);
    long capped = Math.min(doubled, LONGEST.toNanos());
    double factor = 1 - SPREAD + 2 * SPREAD * random.nextDouble();
    return Duration.ofNanos((long) (capped * factor));
  }
}
