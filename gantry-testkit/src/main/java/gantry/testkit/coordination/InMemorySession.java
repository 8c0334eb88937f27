package gantry.testkit.coordination;

import gantry.api.Subscription;
import gantry.api.coordination.Session;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A session of the twin; renewed by its client whenever the clock moves. */
final class InMemorySession implements Session {
  private final InMemoryCoordinator client;
  private final String id;
  private final Duration ttl;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private long renewedAtNanos;
  private boolean lost;
  private boolean closed;

  InMemorySession(InMemoryCoordinator client, String id, Duration ttl) {
    this.client = client;
    this.id = id;
    this.ttl = ttl;
    this.renewedAtNanos = client.store().clock().monotonicNanos();
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Duration ttl() {
    return ttl;
  }

  @Override
  public synchronized Duration remaining() {
    Duration left = ttl.minus(client.store().clock().since(renewedAtNanos));
    lost |= !left.isPositive();
    return lost || closed ? Duration.ZERO : left;
  }

  @Override
  public Subscription onLost(Runnable wake) {
    listeners.add(wake);
    if (isLost()) {
      client.wake(wake);
    }
    return () -> listeners.remove(wake);
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    client.forget(this);
    if (client.isConnected()) {
      client.store().end(id);
    }
  }

  /** Renews up to now; a lease that the store has ended is lost. */
  void renew() {
    synchronized (this) {
      if (lost || closed) {
        return;
      }
      if (client.store().renew(id, ttl)) {
        renewedAtNanos = client.store().clock().monotonicNanos();
      } else {
        lost = true;
      }
    }
  }

  /** Tells the listeners once when the session is lost. */
  void findLost() {
    if (client.isConnected()) {
      renew();
    }
    if (isLost()) {
      client.forget(this);
      listeners.forEach(client::wake);
    }
  }

  private synchronized boolean isLost() {
    return !closed && remaining().isZero();
  }
}
