package gantry.proxy.http;

import gantry.proxy.io.Deadline;
import gantry.proxy.tcp.Target;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds a connection for a request: an idle one of an active backend, or a new one; after a failed
 * connect that of the next backend; and where the route holds clients, later again. Reusable. It is
 * its own deadline, for the pause between two tries.
 */
final class BackendSearch extends Deadline {
  private final HttpLoop loop;
  private final Exchange exchange;
  private final Runnable tableChanged = this::again;
  private Set<Target> tried = Set.of();
  private boolean timedOut;
  private boolean onlyNew;
  private boolean holding;
  private long holdUntilNanos;

  BackendSearch(HttpLoop loop, Exchange exchange) {
    this.loop = loop;
    this.exchange = exchange;
  }

  /** Begins to search for a request. */
  void begin() {
    tried = Set.of();
    timedOut = false;
    onlyNew = false;
    find();
  }

  /** Searches again, because an idle connection turned out to be dead. */
  void beginAnew() {
    onlyNew = true;
    find();
  }

  /** The connect did not succeed. */
  void failed(Target target, boolean byTimeout) {
    if (tried.isEmpty()) {
      tried = new HashSet<>(2);
    }
    tried.add(target);
    timedOut = byTimeout;
    find();
  }

  /** Whether it has given up idle connections. */
  boolean wantsOnlyNew() {
    return onlyNew;
  }

  /** Searches no more. A second call does nothing. */
  void end() {
    if (holding) {
      holding = false;
      stopWaiting();
    }
  }

  @Override
  protected void expired() {
    again();
  }

  private void find() {
    Target target = loop.worker().pick(exchange.client().listener(), tried);
    if (target == null) {
      waitOrRefuse();
      return;
    }
    BackendPool pool = loop.pool(target);
    BackendConnection idle = onlyNew ? null : pool.take(loop.loop().nowNanos(), longestIdle());
    if (idle != null) {
      idle.reuse(exchange);
      exchange.backendFound(idle);
      exchange.backendReady();
      return;
    }
    connect(pool);
  }

  private void connect(BackendPool pool) {
    BackendConnection fresh = BackendConnection.connect(loop, pool, exchange);
    if (fresh == null) {
      exchange.refuse(503, "no descriptor is left for a connection to a backend");
    } else {
      exchange.backendFound(fresh);
    }
  }

  /** A request that cannot be sent twice avoids connections that may be closed at any moment. */
  private long longestIdle() {
    return exchange.isRepeatable() ? Long.MAX_VALUE : HttpLimits.FRESH.toNanos();
  }

  private void waitOrRefuse() {
    long hold = exchange.settings().hold().toNanos();
    if (!holding && hold > 0) {
      holding = true;
      holdUntilNanos = loop.loop().nowNanos() + hold;
    }
    if (holding && loop.loop().nowNanos() - holdUntilNanos < 0) {
      loop.worker().onNextTable(tableChanged);
      loop.loop().deadlines(HttpLimits.HOLD_RETRY).set(this);
    } else if (tried.isEmpty()) {
      exchange.refuse(503, "no backend is active");
    } else if (timedOut) {
      exchange.refuse(504, "no backend accepted a connection in time");
    } else {
      exchange.refuse(503, "no backend accepts connections");
    }
  }

  private void again() {
    stopWaiting();
    tried = Set.of();
    find();
  }

  private void stopWaiting() {
    clear();
    loop.worker().noLongerWaiting(tableChanged);
  }
}
