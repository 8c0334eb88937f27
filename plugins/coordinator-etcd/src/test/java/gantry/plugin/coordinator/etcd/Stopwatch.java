package gantry.plugin.coordinator.etcd;

import gantry.api.Clock;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** How long the calls of one thread took, how they failed, and how long none succeeded. */
final class Stopwatch {
  private final String what;
  private final Map<ErrorCode, Integer> failures = new TreeMap<>();
  private Duration longestCall = Duration.ZERO;
  private Duration longestGap = Duration.ZERO;
  private long lastGoodNanos = Clock.SYSTEM.monotonicNanos();
  private int calls;

  Stopwatch(String what) {
    this.what = what;
  }

  /** Makes a call; empty when it failed without an effect, which is counted. */
  <T> Optional<T> unlessUnreachable(Supplier<T> call) {
    try {
      return Optional.of(timed(call));
    } catch (GantryException e) {
      if (e.code() != ErrorCode.COORDINATOR_UNREACHABLE) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** Makes a call, and counts how it ended. */
  <T> T timed(Supplier<T> call) {
    long start = Clock.SYSTEM.monotonicNanos();
    try {
      T answer = call.get();
      succeeded();
      return answer;
    } catch (GantryException e) {
      failed(e);
      throw e;
    } finally {
      note(Clock.SYSTEM.since(start));
    }
  }

  private synchronized void succeeded() {
    longestGap = max(longestGap, Clock.SYSTEM.since(lastGoodNanos));
    lastGoodNanos = Clock.SYSTEM.monotonicNanos();
  }

  private synchronized void failed(GantryException e) {
    failures.merge(e.code(), 1, Integer::sum);
  }

  private synchronized void note(Duration took) {
    calls++;
    longestCall = max(longestCall, took);
  }

  /** The longest time from one success to the next. */
  synchronized Duration longestGap() {
    return longestGap;
  }

  synchronized Duration longestCall() {
    return longestCall;
  }

  @Override
  public synchronized String toString() {
    return "%d %s, longest call %d ms, at most %d ms without a success, failures %s"
        .formatted(calls, what, longestCall.toMillis(), longestGap.toMillis(), failures);
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
