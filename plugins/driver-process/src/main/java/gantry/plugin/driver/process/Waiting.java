package gantry.plugin.driver.process;

import gantry.api.Clock;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what happens outside of this JVM, where nothing tells when it has. */
final class Waiting {
  private Waiting() {}

  /** Looks again and again until the condition holds; false when the limit passed before. */
  static boolean until(Duration limit, Duration poll, BooleanSupplier condition) {
    long start = Clock.SYSTEM.monotonicNanos();
    while (!condition.getAsBoolean()) {
      if (Clock.SYSTEM.since(start).compareTo(limit) >= 0) {
        return false;
      }
      try {
        Thread.sleep(poll);
      } catch (InterruptedException e) {
        throw interrupted("waiting", e);
      }
    }
    return true;
  }

  /** Keeps the thread's interrupt and ends the call. */
  static GantryException interrupted(String during, InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new GantryException(ErrorCode.BUSY, "interrupted while " + during, cause);
  }
}
