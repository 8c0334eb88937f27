package gantry.plugin.coordinator.etcd;

import gantry.api.Clock;
import gantry.api.GantryException;
import gantry.api.Subscription;
import gantry.api.coordination.Session;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lease, renewed each third of its time to live, and counted from when a renewal was sent. */
final class EtcdSession implements Session {
  private static final Duration RETRY_PAUSE = Duration.ofMillis(300);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);
  private static final Logger LOG = LoggerFactory.getLogger(EtcdSession.class);

  private final EtcdRuntime runtime;
  private final long lease;
  private final Duration ttl;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private long renewedNanos;
  private boolean lost;
  private boolean closed;
  private boolean abandoned;
  private volatile boolean failing;

  /**
   * A session of a lease that was granted.
   *
   * @param sentNanos when the grant was sent
   */
  EtcdSession(EtcdRuntime runtime, long lease, Duration ttl, long sentNanos) {
    this.runtime = runtime;
    this.lease = lease;
    this.ttl = ttl;
    this.renewedNanos = sentNanos;
  }

  void start() {
    runtime.after(ttl.dividedBy(3), this::renew);
  }

  long lease() {
    return lease;
  }

  @Override
  public String id() {
    return Long.toHexString(lease);
  }

  @Override
  public Duration ttl() {
    return ttl;
  }

  @Override
  public synchronized Duration remaining() {
    Duration left = ttl.minus(clock().since(renewedNanos));
    if (!left.isPositive()) {
      lost = true; // for good: a late answer does not bring it back
    }
    return lost || closed ? Duration.ZERO : left;
  }

  @Override
  public Subscription onLost(Runnable wake) {
    Runnable once = () -> wake.run();
    listeners.add(once);
    if (isLost()) {
      runtime.execute(once);
    }
    return () -> listeners.remove(once);
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    runtime.forget(this);
    try {
      runtime.requests().atMost(CLOSE_LIMIT, connection -> connection.lease().revoke(lease));
    } catch (GantryException | IllegalStateException e) {
      LOG.debug("session {} was not revoked and ends by itself within {}", id(), ttl, e);
    }
  }

  /** Stops the renewals without telling anybody, as the death of the process does. */
  synchronized void abandon() {
    abandoned = true;
  }

  private void renew() {
    Duration left = remaining();
    if (isOver(left)) {
      return;
    }
    long sent = clock().monotonicNanos();
    EtcdConnection connection = runtime.connections().current();
    var _ =
        keepAlive(connection)
            .orTimeout(limit(left).toMillis() + 1, TimeUnit.MILLISECONDS)
            .whenCompleteAsync(
                (ok, failure) -> renewed(connection, sent, failure), runtime.workers());
  }

  /** How long one attempt may take: of several members one may stand still, and time is short. */
  private Duration limit(Duration left) {
    Duration third = runtime.connections().patience(ttl.dividedBy(3));
    return Collections.min(List.of(left, third, ttl.dividedBy(3), EtcdCalls.DEADLINE));
  }

  /**
   * Asks the member whose turn it is; after a failure as many as there are, for the next in turn
   * may be the one that stands still. It does no harm to renew a lease twice.
   */
  private CompletableFuture<?> keepAlive(EtcdConnection connection) {
    if (!failing) {
      return keepAliveOnce(connection);
    }
    return CompletableFuture.anyOf(
        Stream.generate(() -> keepAliveOnce(connection))
            .limit(runtime.connections().members())
            .toArray(CompletableFuture[]::new));
  }

  /** What jetcd throws at once counts as a failed renewal too: renewals must go on. */
  private CompletableFuture<?> keepAliveOnce(EtcdConnection connection) {
    try {
      return connection.lease().keepAliveOnce(lease);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void renewed(EtcdConnection connection, long sent, @Nullable Throwable failure) {
    Duration pause = RETRY_PAUSE;
    failing = failure != null;
    if (failure == null) {
      connection.answered();
      keep(sent);
      pause = ttl.dividedBy(3).minus(clock().since(sent));
    } else if (EtcdErrors.leaseNotFound(failure)) {
      connection.answered();
      lose();
    } else {
      LOG.debug("session {} was not renewed, {} left", id(), remaining(), failure);
      runtime.connections().failed(connection);
    }
    Duration left = remaining();
    if (!isOver(left)) {
      runtime.after(pause.compareTo(left) < 0 ? pause : left, this::renew);
    }
  }

  private synchronized void keep(long sent) {
    if (!remaining().isZero()) {
      renewedNanos = sent;
    }
  }

  private synchronized void lose() {
    lost = true;
  }

  /** Whether nothing is left to renew; tells a loss. */
  private boolean isOver(Duration left) {
    synchronized (this) {
      if (closed || abandoned) {
        return true;
      }
    }
    if (!left.isZero()) {
      return false;
    }
    runtime.forget(this);
    listeners.forEach(runtime::execute);
    return true;
  }

  private synchronized boolean isLost() {
    return !closed && remaining().isZero();
  }

  private Clock clock() {
    return runtime.clock();
  }
}
