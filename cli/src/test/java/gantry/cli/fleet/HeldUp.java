package gantry.cli.fleet;

import gantry.api.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * How long nothing went on: the longest time between two moments that were marked. While an agent
 * is being started it does not count, since that is up to the machine; it is measured by itself.
 */
final class HeldUp {
  private final Clock clock = Clock.SYSTEM;
  private long lastNanos = clock.monotonicNanos();
  private int starting;
  private Duration current = Duration.ZERO;
  private Duration longest = Duration.ZERO;
  private Duration longestStart = Duration.ZERO;

  /** Something went on; from any thread. */
  synchronized void mark() {
    count();
    longest = max(longest, current);
    current = Duration.ZERO;
  }

  /** Starts an agent; from any thread. */
  <T> T starting(Supplier<T> start) {
    long begin = clock.monotonicNanos();
    started(1);
    try {
      return start.get();
    } finally {
      started(-1);
      startTook(clock.since(begin));
    }
  }

  private synchronized void started(int more) {
    count();
    starting += more;
  }

  private synchronized void startTook(Duration took) {
    longestStart = max(longestStart, took);
  }

  private void count() {
    long now = clock.monotonicNanos();
    if (starting == 0) {
      current = current.plusNanos(now - lastNanos);
    }
    lastNanos = now;
  }

  /** From the beginning to now. */
  synchronized Duration longest() {
    mark();
    return longest;
  }

  /** The longest start of an agent. */
  synchronized Duration longestStart() {
    return longestStart;
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
