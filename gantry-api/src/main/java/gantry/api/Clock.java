package gantry.api;

import java.time.Duration;
import java.time.Instant;

/**
 * The seam through which all code reads time, so that tests and the simulator can own it. Durations
 * are measured on the monotonic clock only; the wall clock is for humans.
 */
public interface Clock {
  /** The machine's clocks. */
  Clock SYSTEM =
      new Clock() {
        @Override
        public Instant wallTime() {
          return Instant.now();
        }

        @Override
        public long monotonicNanos() {
          return System.nanoTime();
        }
      };

  /** Time of day, for display and records; may jump in either direction. */
  Instant wallTime();

  /** Nanoseconds since an arbitrary origin; never goes back. Only differences mean anything. */
  long monotonicNanos();

  /** Time that has passed since a reading of {@link #monotonicNanos()}. */
  default Duration since(long monotonicNanos) {
    return Duration.ofNanos(monotonicNanos() - monotonicNanos);
  }
}
