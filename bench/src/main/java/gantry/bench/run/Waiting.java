package gantry.bench.run;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for conditions, never for ever. */
public final class Waiting {
  private static final long PAUSE_NANOS = 2_000_000;

  private Waiting() {}

  /**
   * Returns when the condition holds; asks every 2 ms.
   *
   * @param what for the message: "nginx to listen"
   * @throws BenchException it did not come to hold in time
   */
  public static void until(Duration limit, String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > limit.toNanos()) {
        throw new BenchException("waited " + limit.toMillis() + " ms in vain for " + what);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
