package gantry.proxy.tcp;

import gantry.proxy.io.Deadline;
import java.time.Duration;

/**
 * A client that waits for an active backend: tries again with the next table, and after a while
 * with the same one, because a container that crashed comes back at the same address. One loop.
 */
final class Holding extends Deadline {
  private final TcpConnection connection;
  private final Worker worker;
  private final long untilNanos;
  private final Runnable tableChanged = this::again;

  Holding(TcpConnection connection, Worker worker, Duration limit) {
    this.connection = connection;
    this.worker = worker;
    this.untilNanos = worker.loop().nowNanos() + limit.toNanos();
  }

  /** Waits for the next try; false when the time is over. */
  boolean goOn() {
    if (worker.loop().nowNanos() - untilNanos >= 0) {
      return false;
    }
    worker.onNextTable(tableChanged);
    worker.loop().deadlines(Limits.HOLD_RETRY).set(this);
    return true;
  }

  void end() {
    clear();
    worker.noLongerWaiting(tableChanged);
  }

  @Override
  protected void expired() {
    again();
  }

  private void again() {
    end();
    connection.connectAgain();
  }
}
