package gantry.testkit;

import gantry.api.Clock;
import gantry.api.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A clock that stands still until a test moves it. The wall clock can be set on its own, as after a
 * correction of the machine's time. Safe for use by several threads.
 */
public final class ManualClock implements Clock {
  /** Where the wall clock of a new clock stands. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private Instant wallTime = START;
  private long monotonicNanos;

  @Override
  public synchronized Instant wallTime() {
    return wallTime;
  }

  @Override
  public synchronized long monotonicNanos() {
    return monotonicNanos;
  }

  /** Moves both clocks forward, then tells the listeners, in the order in which they came. */
  public void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("time does not go back: " + duration);
    }
    synchronized (this) {
      monotonicNanos += duration.toNanos();
      wallTime = wallTime.plus(duration);
    }
    listeners.forEach(Runnable::run);
  }

  /** Sets the time of day, in either direction; the monotonic clock and listeners are untouched. */
  public synchronized void setWallTime(Instant time) {
    wallTime = time;
  }

  /** Calls the listener after each {@link #advance}, on the thread that advances. */
  public Subscription onAdvance(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
