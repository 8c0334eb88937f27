package gantry.plugin.coordinator.etcd;

import gantry.api.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The connection in use, replaced when it has been silent for too long: after an outage a gRPC
 * channel waits up to two minutes before it tries again, a new one connects at once.
 */
final class EtcdConnections implements AutoCloseable {
  private static final Duration MAX_SILENCE = Duration.ofSeconds(2);

  private final EtcdEndpoints endpoints;
  private final ExecutorService workers;
  private final Clock clock;
  private @Nullable EtcdConnection current;
  private boolean closed;

  EtcdConnections(EtcdEndpoints endpoints, ExecutorService workers, Clock clock) {
    this.endpoints = endpoints;
    this.workers = workers;
    this.clock = clock;
  }

  /** The connection to use for the next request. */
  synchronized EtcdConnection current() {
    if (closed) {
      throw new IllegalStateException("coordinator is closed (etcd at " + endpoints + ")");
    }
    if (current == null) {
      current = EtcdConnection.open(endpoints, workers, clock);
    }
    return current;
  }

  /**
   * Says that a request failed without an answer.
   *
   * @return whether the next request gets a new connection
   */
  synchronized boolean failed(EtcdConnection connection) {
    if (connection != current) {
      return !closed;
    }
    if (connection.silence().compareTo(MAX_SILENCE) < 0) {
      return false;
    }
    current = null;
    workers.execute(connection::close); // may take a moment, and the caller may be in a hurry
    return true;
  }

  @Override
  public void close() {
    EtcdConnection last;
    synchronized (this) {
      closed = true;
      last = current;
      current = null;
    }
    if (last != null) {
      last.close();
    }
  }
}
