package gantry.proxy.tcp;

import gantry.proxy.io.Deadline;
import gantry.proxy.io.DeadlineQueue;

/** Resets a connection that has been silent in both directions for too long. One loop. */
final class IdleLimit extends Deadline {
  private final TcpConnection connection;
  private final DeadlineQueue queue;

  IdleLimit(TcpConnection connection, DeadlineQueue queue) {
    this.connection = connection;
    this.queue = queue;
    restart();
  }

  void restart() {
    queue.set(this);
  }

  @Override
  protected void expired() {
    connection.reset();
  }
}
