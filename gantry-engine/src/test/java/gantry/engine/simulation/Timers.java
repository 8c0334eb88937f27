package gantry.engine.simulation;

import gantry.testkit.ManualClock;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** What is to happen later, in the order of its time. */
final class Timers {
  private record Timer(long atNanos, long serial, Runnable what) {}

  private final ManualClock clock;
  private final PriorityQueue<Timer> queue =
      new PriorityQueue<>(
          Comparator.comparingLong(Timer::atNanos).thenComparingLong(Timer::serial));
  private long serial;

  Timers(ManualClock clock) {
    this.clock = clock;
  }

  void in(Duration wait, Runnable what) {
    queue.add(new Timer(clock.monotonicNanos() + wait.toNanos(), serial++, what));
  }

  boolean due() {
    return !queue.isEmpty() && queue.peek().atNanos() <= clock.monotonicNanos();
  }

  void runNext() {
    queue.remove().what().run();
  }

  /** When the next is due; never is {@link Long#MAX_VALUE}. */
  long nextNanos() {
    return queue.isEmpty() ? Long.MAX_VALUE : queue.peek().atNanos();
  }
}
