package gantry.proxy.control;

import gantry.proxy.http.HttpPlane;
import gantry.proxy.metrics.BackendFigures;
import gantry.proxy.metrics.RouteFigures;
import gantry.proxy.tcp.DataPlane;
import gantry.proxy.tcp.Tally;
import gantry.proxy.tcp.Transport;
import gantry.proxy.wire.Protocol;
import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireConnection;
import gantry.proxy.wire.WireRoute;
import gantry.proxy.wire.WireStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Changes and tells what is in force. All state is owned by one thread, so that changes come one
 * after the other; the public methods may be called from any thread and wait for it.
 */
final class Steering implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("gantry.proxy");
  private static final Duration TURN_TIMEOUT = Duration.ofSeconds(30);
  private static final long RETRY_MILLIS = 500;
  private static final int MAX_OWNERS = 10_000;

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("proxy-steering").unstarted(task));
  private final RouteStore store;
  private final Transport transport;
  private final int loops;
  private final DataPlane plane;
  private final DrainNotices notices;
  private final Tallies tallies;
  private final Listeners listeners;
  private Map<String, List<WireRoute>> routes = new LinkedHashMap<>();
  private volatile boolean retired;
  private boolean ending;

  Steering(RouteStore store, Transport transport, int loops, BiConsumer<String, String> watchers) {
    this.store = store;
    this.transport = transport;
    this.loops = loops;
    this.notices = new DrainNotices(thread, watchers);
    this.plane = new DataPlane(transport, loops, notices::idle, new HttpPlane());
    this.tallies = new Tallies(plane);
    this.listeners = new Listeners(plane);
  }

  /** Puts the stored routes in force; listeners that cannot be bound are tried again later. */
  void restore() throws IOException, RefusedException {
    prepare(Map.of());
    open();
  }

  /** Puts the stored routes in force without accepting yet, on sockets that listen already. */
  void prepare(Map<WireAddress, Integer> sockets) throws IOException, RefusedException {
    Map<String, List<WireRoute>> stored = store.load();
    onThread(
        () -> {
          routes = new LinkedHashMap<>(stored);
          plane.publish(tallies.table(routes));
          notices.active(tallies.active());
          listeners.adopt(sockets, routes);
          return true;
        });
  }

  /** Accepts on all listeners. */
  void open() throws RefusedException {
    onThread(
        () -> {
          listeners.restore(routes);
          return true;
        });
    var _ =
        thread.scheduleWithFixedDelay(
            this::retryListeners, RETRY_MILLIS, RETRY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * Hands the listening sockets to a successor that waits at a path. From then on this process only
   * serves the connections that it has.
   *
   * @throws RefusedException when that failed; then nothing has changed
   */
  void handOver(String path, Handover.Place place) throws RefusedException {
    onThread(
        () -> {
          if (retired) {
            throw new RefusedException(Protocol.FAILED, "this process has handed over already");
          }
          new Handover(listeners, place).to(path);
          retired = true;
          plane.retire();
          return true;
        });
  }

  /** Whether this process has handed over. */
  boolean isRetired() {
    return retired;
  }

  /** Client connections that are open, whatever they do. */
  int clients() {
    return plane.clients();
  }

  /** Replaces one owner's routes, all or nothing; returns when they are in force and on disk. */
  void apply(String owner, List<WireRoute> wanted) throws RefusedException {
    onThread(
        () -> {
          applyNow(owner, wanted);
          return true;
        });
  }

  WireStatus status() throws RefusedException {
    return onThread(
        () -> {
          tallies.prune(routes);
          return new WireStatus(
              ProcessHandle.current().pid(),
              routes,
              tallies.status(),
              listeners.unbound(),
              List.of());
        });
  }

  Transport transport() {
    return transport;
  }

  int loops() {
    return loops;
  }

  /** What was counted for each backend of each route. */
  List<BackendFigures> figures() throws RefusedException {
    return onThread(
        () -> {
          tallies.prune(routes);
          return tallies.figures();
        });
  }

  /** What was counted for each HTTP route. */
  List<RouteFigures> routeFigures() throws RefusedException {
    return onThread(() -> tallies.routeFigures(routes));
  }

  /**
   * Open connections of some backends, the oldest first.
   *
   * @param limit most that are told
   */
  List<WireConnection> list(Predicate<Tally> wanted, int limit) throws RefusedException {
    List<Tally> some = onThread(() -> tallies.all().stream().filter(wanted).toList());
    try {
      return plane.list(some, limit);
    } catch (IOException e) {
      throw new RefusedException(Protocol.FAILED, String.valueOf(e.getMessage()), e);
    }
  }

  /** Closes all listeners for good, and idle clients; other connections that are open go on. */
  void stopAccepting() throws RefusedException {
    onThread(
        () -> {
          ending = true;
          listeners.giveUp();
          plane.end();
          return true;
        });
  }

  @Override
  public void close() {
    thread.shutdownNow();
    plane.close();
  }

  private void applyNow(String owner, List<WireRoute> wanted) throws RefusedException {
    if (retired) {
      switchTo(withRoutes(owner, wanted), listeners.new Change(List.of(), List.of()));
      return;
    }
    if (ending) {
      throw new RefusedException(Protocol.FAILED, "the proxy is about to end");
    }
    if (routes.getOrDefault(owner, List.of()).equals(wanted) && listeners.allBound(wanted)) {
      return;
    }
    RouteRules.check(owner, wanted, routes);
    Map<String, List<WireRoute>> next = withRoutes(owner, wanted);
    if (next.size() > MAX_OWNERS) {
      throw new RefusedException(Protocol.FAILED, "too many owners: " + MAX_OWNERS);
    }
    Listeners.Change change = listeners.prepare(owner, wanted, routes);
    try {
      store.save(next);
    } catch (IOException e) {
      change.undo();
      throw new RefusedException(
          Protocol.FAILED, "cannot store the routes, nothing was changed: " + e, e);
    }
    switchTo(next, change);
  }

  private Map<String, List<WireRoute>> withRoutes(String owner, List<WireRoute> wanted) {
    Map<String, List<WireRoute>> next = new LinkedHashMap<>(routes);
    next.remove(owner);
    if (!wanted.isEmpty()) {
      next.put(owner, wanted);
    }
    return next;
  }

  private void retryListeners() {
    if (!retired && !ending) {
      listeners.retry();
    }
  }

  private void switchTo(Map<String, List<WireRoute>> next, Listeners.Change change)
      throws RefusedException {
    Set<Tally> before = tallies.active();
    routes = next;
    try {
      plane.publish(tallies.table(next));
    } catch (IOException e) {
      throw new RefusedException(Protocol.FAILED, "the switch was not acknowledged: " + e, e);
    } finally {
      change.complete();
    }
    notices.active(tallies.active());
    List<Tally> draining = new ArrayList<>(before);
    draining.removeAll(tallies.active());
    draining.forEach(notices::tell);
    tallies.prune(next);
  }

  private <T> T onThread(Callable<T> task) throws RefusedException {
    Future<T> done = thread.submit(task);
    try {
      return done.get(TURN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw refused(e);
    } catch (TimeoutException e) {
      throw new RefusedException(Protocol.FAILED, "the proxy is busy for " + TURN_TIMEOUT, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedException(Protocol.FAILED, "interrupted", e);
    }
  }

  private static RefusedException refused(ExecutionException e) {
    if (e.getCause() instanceof RefusedException refused) {
      return new RefusedException(refused.code(), String.valueOf(refused.getMessage()), e);
    }
    LOG.log(Level.SEVERE, "request failed", e.getCause());
    return new RefusedException(Protocol.FAILED, "failed: " + e.getCause(), e);
  }
}
