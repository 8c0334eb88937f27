package gantry.testkit.proxy;

import gantry.api.Clock;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.Subscription;
import gantry.api.proxy.Listener;
import gantry.api.proxy.Proxy;
import gantry.api.proxy.ProxyStatus;
import gantry.api.proxy.Route;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One machine's proxy without process and sockets: a test connects and disconnects clients by hand,
 * and kills, mutes and restarts it. Deterministic: nothing happens by itself, and watchers are
 * woken on the thread of the call that changed something, before it returns. Thread-safe.
 */
public final class InMemoryProxy implements Proxy {
  private final Map<String, List<Route>> routes = new LinkedHashMap<>();
  private final Set<Listener> occupied = new HashSet<>();
  private final Map<Object, Runnable> watchers = new LinkedHashMap<>();
  private final InMemoryTraffic traffic;
  private boolean running;
  private boolean mute;

  /** A proxy that does not run yet. */
  public InMemoryProxy(Clock clock) {
    this.traffic = new InMemoryTraffic(clock);
  }

  /** Another handle to the same proxy, as another process of the machine would have. */
  public Proxy handle() {
    return new InMemoryProxyHandle(this);
  }

  @Override
  public void start() {
    synchronized (this) {
      checkNotMute();
      if (running) {
        return;
      }
      running = true;
      traffic.routed(routes);
    }
    wakeAll();
  }

  @Override
  public void apply(String owner, List<Route> wanted) {
    start();
    boolean drained;
    synchronized (this) {
      checkNotMute();
      if (wanted.equals(routes.getOrDefault(owner, List.of()))) {
        return;
      }
      wanted.forEach(route -> checkFree(owner, route.listener()));
      if (wanted.isEmpty()) {
        routes.remove(owner);
      } else {
        routes.put(owner, List.copyOf(wanted));
      }
      traffic.routed(routes);
      drained = traffic.hasIdleDraining(owner, wanted);
    }
    if (drained) {
      wakeAll();
    }
  }

  @Override
  public synchronized Optional<ProxyStatus> status() {
    checkNotMute();
    return running
        ? Optional.of(new ProxyStatus(routes, traffic.status(routes)))
        : Optional.empty();
  }

  @Override
  public synchronized Subscription watch(Runnable wake) {
    Object key = new Object();
    watchers.put(key, wake);
    return () -> removeWatcher(key);
  }

  /** Nothing to free: the proxy goes on, and so do its watchers until they are closed. */
  @Override
  public void close() {
    // There is neither a connection nor a thread.
  }

  /**
   * A client connects.
   *
   * @throws IllegalStateException when the connection would be refused: no proxy, no such listener
   */
  public synchronized HeldConnection connect(Listener listener) {
    if (!running) {
      throw new IllegalStateException("connection refused: no proxy runs");
    }
    for (Map.Entry<String, List<Route>> owner : routes.entrySet()) {
      for (Route route : owner.getValue()) {
        if (route.listener().equals(listener)) {
          return new InMemoryConnection(this, traffic.connect(owner.getKey(), route));
        }
      }
    }
    throw new IllegalStateException("connection refused: nothing listens on " + listener);
  }

  /** The process dies: connections are gone, routes stay for the next life. */
  public void kill() {
    synchronized (this) {
      running = false;
      mute = false;
      traffic.clear();
    }
    wakeAll();
  }

  /** The process hangs, or comes to itself: calls fail while it does, traffic goes on. */
  public void mute(boolean hangs) {
    synchronized (this) {
      mute = hangs && running;
    }
    wakeAll();
  }

  /** Another program takes an address, or gives it back. */
  public synchronized void occupy(Listener listener, boolean taken) {
    if (taken) {
      occupied.add(listener);
    } else {
      occupied.remove(listener);
    }
  }

  /** Connections to this backend fail from now on, or no longer do. */
  public synchronized void refuse(String backend, boolean refuses) {
    traffic.refuse(backend, refuses);
  }

  /** Whether the process lives. */
  public synchronized boolean isRunning() {
    return running;
  }

  synchronized boolean isOpen(InMemoryTraffic.Open connection) {
    return traffic.isOpen(connection);
  }

  synchronized void speak(InMemoryTraffic.Open connection) {
    traffic.speak(connection);
  }

  void end(InMemoryTraffic.Open connection) {
    boolean drained;
    synchronized (this) {
      drained = traffic.end(connection);
    }
    if (drained) {
      wakeAll();
    }
  }

  private void checkNotMute() {
    if (mute) {
      throw new GantryException(
          ErrorCode.PROXY_UNREACHABLE, "the proxy runs but did not answer within 5 s");
    }
  }

  private void checkFree(String owner, Listener listener) {
    routes.forEach(
        (other, list) -> {
          if (!other.equals(owner) && list.stream().anyMatch(r -> r.listener().equals(listener))) {
            throw taken(listener + " belongs to owner '" + other + "'");
          }
        });
    if (occupied.contains(listener)) {
      throw taken(listener + ": another program has the address");
    }
  }

  private static GantryException taken(String what) {
    return new GantryException(ErrorCode.LISTENER_TAKEN, "listener " + what);
  }

  private synchronized void removeWatcher(Object key) {
    watchers.remove(key);
  }

  private void wakeAll() {
    List<Runnable> current;
    synchronized (this) {
      current = List.copyOf(watchers.values());
    }
    current.forEach(Runnable::run);
  }
}
