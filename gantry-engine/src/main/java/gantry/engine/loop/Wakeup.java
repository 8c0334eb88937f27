package gantry.engine.loop;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Turns any number of hints into one reason to look again. Thread-safe. */
final class Wakeup {
  private final Semaphore hints = new Semaphore(0);

  void wake() {
    hints.release();
  }

  /** Forgets the hints that came until now: a look that begins after this covers them. */
  void covered() {
    hints.drainPermits();
  }

  /** Waits for a hint, at most this long; hints that came before count. */
  void await(long nanos) throws InterruptedException {
    if (hints.tryAcquire(Math.max(nanos, 0), TimeUnit.NANOSECONDS)) {
      hints.drainPermits();
    }
  }
}
