package gantry.plugin.coordinator.etcd;

import gantry.api.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The connection in use, replaced when it has been silent for too long: after an outage a gRPC
 * channel waits up to two minutes before it tries again, a new one connects at once.
 */
final class EtcdConnections implements AutoCloseable {
  private static final Duration MAX_SILENCE = Duration.ofSeconds(2);

  private static final Duration FIRST_OF_SEVERAL = Duration.ofSeconds(1);

  private final EtcdAccess access;
  private final ExecutorService workers;
  private final Clock clock;
  private final Set<EtcdConnection> retired = ConcurrentHashMap.newKeySet();
  private @Nullable EtcdConnection current;
  private boolean closed;

  EtcdConnections(EtcdAccess access, ExecutorService workers, Clock clock) {
    this.access = access;
    this.workers = workers;
    this.clock = clock;
  }

  /** The connection to use for the next request. */
  synchronized EtcdConnection current() {
    if (closed) {
      throw new IllegalStateException("coordinator is closed (etcd at " + access.endpoints() + ")");
    }
    if (current == null) {
      current = EtcdConnection.open(access, workers, clock);
    }
    return current;
  }

  /** How many members etcd has, as far as was told. */
  int members() {
    return access.endpoints().uris().size();
  }

  /** How long a first attempt may take: with several members, one may be frozen. */
  Duration patience(Duration whole) {
    return members() > 1 ? FIRST_OF_SEVERAL : whole;
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
    retired.add(connection);
    workers.execute(() -> closeLater(connection));
    return true;
  }

  /** Requests of others may still wait over it, and each is to learn its own fate. */
  private void closeLater(EtcdConnection connection) {
    LockSupport.parkNanos(EtcdCalls.DEADLINE.toNanos());
    retired.remove(connection);
    connection.close();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      if (current != null) {
        retired.add(current);
        current = null;
      }
    }
    retired.forEach(EtcdConnection::close);
  }
}
