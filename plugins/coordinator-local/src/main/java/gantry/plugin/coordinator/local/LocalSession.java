package gantry.plugin.coordinator.local;

import gantry.api.GantryException;
import gantry.api.Subscription;
import gantry.api.coordination.Session;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session of this process, renewed each third of its time to live. */
final class LocalSession implements Session {
  private static final Duration RETRY_PAUSE = Duration.ofMillis(100);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);
  private static final Logger LOG = LoggerFactory.getLogger(LocalSession.class);

  private final LocalRuntime runtime;
  private final String id;
  private final Duration ttl;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private Duration renewedAt;
  private boolean lost;
  private boolean closed;
  private boolean abandoned;

  /**
   * A session that the store has opened.
   *
   * @param askedAt the uptime at which the store was asked for it
   */
  LocalSession(LocalRuntime runtime, String id, Duration ttl, Duration askedAt) {
    this.runtime = runtime;
    this.id = id;
    this.ttl = ttl;
    this.renewedAt = askedAt;
  }

  void start() {
    runtime.after(ttl.dividedBy(3), this::renew);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Duration ttl() {
    return ttl;
  }

  /** By the machine's uptime, as the store judges; it counts while the machine is suspended. */
  @Override
  public synchronized Duration remaining() {
    Duration left = renewedAt.plus(ttl).minus(Machine.uptime());
    lost |= !left.isPositive();
    return lost || closed ? Duration.ZERO : left;
  }

  @Override
  public Subscription onLost(Runnable wake) {
    Runnable listener = () -> wake.run();
    listeners.add(listener);
    if (isLost()) {
      runtime.execute(listener);
    }
    return () -> listeners.remove(listener);
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    runtime.sessions().remove(this);
    try {
      runtime.store().closeSession(id, CLOSE_LIMIT);
    } catch (GantryException e) {
      LOG.debug("session {} was not closed and ends by itself within {}", id, ttl, e);
    }
  }

  /** Stops the renewals without telling anybody, as a hanging process does. */
  synchronized void abandon() {
    abandoned = true;
  }

  private void renew() {
    Duration left = remaining();
    if (isOver(left)) {
      return;
    }
    Duration asked = Machine.uptime();
    Duration pause = ttl.dividedBy(3);
    try {
      if (runtime.store().renew(id, ttl, left)) {
        keep(asked);
      } else {
        lose();
      }
    } catch (GantryException e) {
      LOG.debug("session {} was not renewed, {} left", id, remaining(), e);
      pause = RETRY_PAUSE;
    }
    Duration now = remaining();
    if (!isOver(now)) {
      runtime.after(pause.compareTo(now) < 0 ? pause : now, this::renew);
    }
  }

  private synchronized void keep(Duration asked) {
    if (!remaining().isZero()) {
      renewedAt = asked;
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
    runtime.sessions().remove(this);
    listeners.forEach(runtime::execute);
    return true;
  }

  private synchronized boolean isLost() {
    return !closed && remaining().isZero();
  }
}
