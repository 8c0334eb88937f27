package gantry.engine.loop;

import gantry.api.coordination.Coordinator;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Turns any number of hints into one reason to look again. Thread-safe. */
final class Wakeup {
  private final Lock lock = new ReentrantLock();
  private final Condition hinted = lock.newCondition();

  /** Newest store revision that a hint was about; 0 for no hint. */
  private long newest;

  /** Something may have changed. */
  void wake() {
    wake(Coordinator.UNKNOWN);
  }

  /** What is shared has changed, at this store revision. */
  void wake(long revision) {
    lock.lock();
    try {
      newest = Math.max(newest, revision);
      hinted.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Forgets the hints that came until now: a look that begins after this covers them. */
  void covered() {
    lock.lock();
    try {
      newest = 0;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a hint, at most this long; hints that came before count, but for those of changes
   * that were seen.
   *
   * @param seen store revision that was read since
   */
  void await(long nanos, long seen) throws InterruptedException {
    long left = nanos;
    lock.lockInterruptibly();
    try {
      while (newest <= seen && left > 0) {
        left = hinted.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
