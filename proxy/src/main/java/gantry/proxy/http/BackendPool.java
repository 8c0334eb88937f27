package gantry.proxy.http;

import gantry.proxy.tcp.Target;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** A loop's idle connections to one backend; the one that was used last is used first. One loop. */
final class BackendPool {
  private final Target target;
  private final ArrayDeque<BackendConnection> idle = new ArrayDeque<>();
  private boolean closed;

  BackendPool(Target target) {
    this.target = target;
  }

  Target target() {
    return target;
  }

  /**
   * A connection for a request, or null when a new one must be made.
   *
   * @param longestIdleNanos one that has been idle for longer will not do
   */
  @Nullable BackendConnection take(long nowNanos, long longestIdleNanos) {
    BackendConnection latest = idle.peek();
    if (latest == null || nowNanos - latest.idleSinceNanos() > longestIdleNanos) {
      return null;
    }
    return idle.poll();
  }

  /** Keeps a connection for later requests; false when none is wanted. */
  boolean give(BackendConnection connection) {
    if (closed || idle.size() >= HttpLimits.IDLE_BACKENDS) {
      return false;
    }
    idle.push(connection);
    return true;
  }

  void remove(BackendConnection connection) {
    idle.remove(connection);
  }

  /** Closes the idle ones, and the busy ones when they come back. */
  void close() {
    closed = true;
    while (!idle.isEmpty()) {
      idle.poll().close();
    }
  }
}
