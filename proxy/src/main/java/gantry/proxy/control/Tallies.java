package gantry.proxy.control;

import gantry.proxy.io.NativeAddress;
import gantry.proxy.metrics.BackendFigures;
import gantry.proxy.metrics.RouteFigures;
import gantry.proxy.tcp.DataPlane;
import gantry.proxy.tcp.RouteCounters;
import gantry.proxy.tcp.RouteSettings;
import gantry.proxy.tcp.RouteTable;
import gantry.proxy.tcp.Tally;
import gantry.proxy.tcp.Target;
import gantry.proxy.wire.RouteOptions;
import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireBackend;
import gantry.proxy.wire.WireBackendStatus;
import gantry.proxy.wire.WireRoute;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The counts of all backends that are known: routed, or not yet rid of their connections. */
final class Tallies {
  private final DataPlane plane;
  private final Map<Key, Tally> tallies = new LinkedHashMap<>();
  private final Map<Tally, Long> drainingSince = new HashMap<>();
  private Set<Tally> active = Set.of();

  private final Map<RouteKey, RouteCounters> counters = new LinkedHashMap<>();
  private final ConnectFailures failures =
      new ConnectFailures(each -> counters.forEach((key, c) -> each.accept(key.backend(), c)));

  record Key(String owner, String id) {}

  /** A backend of a route. Counting goes on from zero when the route's kind changes. */
  private record RouteKey(Key backend, WireAddress listener, boolean http) {}

  Tallies(DataPlane plane) {
    this.plane = plane;
  }

  /** The table of these routes; makes the counts that are missing. */
  RouteTable table(Map<String, List<WireRoute>> routes) {
    Map<WireAddress, RouteTable.Entry> table = new HashMap<>();
    Set<Tally> nowActive = new HashSet<>();
    routes.forEach(
        (owner, list) ->
            list.forEach(route -> table.put(route.listener(), entry(owner, route, nowActive))));
    noteActive(nowActive);
    active = Set.copyOf(nowActive);
    noteDraining();
    return new RouteTable(table);
  }

  private void noteActive(Set<Tally> nowActive) {
    failures.begin(
        nowActive.stream().filter(tally -> !active.contains(tally)).map(Tallies::key).toList());
  }

  private static Key key(Tally tally) {
    return new Key(tally.owner(), tally.id());
  }

  /** Ends with a table that leads to it again: a later drain counts from its own beginning. */
  private void noteDraining() {
    long now = System.nanoTime();
    tallies.values().stream()
        .filter(tally -> !active.contains(tally))
        .forEach(tally -> drainingSince.putIfAbsent(tally, now));
    drainingSince.keySet().removeAll(active);
  }

  /** The backends that get new connections by the last table. */
  Set<Tally> active() {
    return active;
  }

  /** Forgets backends that no route names and that have no connection. */
  void prune(Map<String, List<WireRoute>> routes) {
    Set<Key> routed = new HashSet<>();
    Set<WireAddress> listeners = new HashSet<>();
    routes.forEach(
        (owner, list) ->
            list.forEach(
                route -> {
                  listeners.add(route.listener());
                  route.backends().forEach(backend -> routed.add(new Key(owner, backend.id())));
                }));
    tallies.entrySet().removeIf(e -> !routed.contains(e.getKey()) && e.getValue().count() == 0);
    drainingSince.keySet().retainAll(tallies.values());
    failures.retain(tallies.keySet());
    counters
        .entrySet()
        .removeIf(
            e ->
                !(routed.contains(e.getKey().backend())
                        && listeners.contains(e.getKey().listener()))
                    && e.getValue().open() == 0);
  }

  /** What was counted for each backend of each route. */
  List<BackendFigures> figures() {
    return counters.entrySet().stream().map(e -> figures(e.getKey(), e.getValue())).toList();
  }

  /** What was counted for each HTTP route. */
  List<RouteFigures> routeFigures(Map<String, List<WireRoute>> routes) {
    List<RouteFigures> figures = new ArrayList<>();
    routes.forEach(
        (owner, list) ->
            list.stream()
                .filter(route -> route.kind().equals(WireRoute.HTTP))
                .map(WireRoute::listener)
                .map(at -> new RouteFigures(at.toString(), owner, plane.counts(at)::ownAnswers))
                .forEach(figures::add));
    return figures;
  }

  private static BackendFigures figures(RouteKey key, RouteCounters counters) {
    return new BackendFigures(
        key.listener().toString(),
        key.backend().owner(),
        key.backend().id(),
        key.http(),
        counters.open(),
        counters);
  }

  /** All that are known. */
  List<Tally> all() {
    return List.copyOf(tallies.values());
  }

  /**
   * What is open, and of backends that drain since when they do and how long they have been silent.
   *
   * @throws IOException when an event loop did not answer in time
   */
  List<WireBackendStatus> status() throws IOException {
    Map<Tally, Duration> silence =
        plane.silence(drainingSince.keySet().stream().filter(t -> t.count() > 0).toList());
    long now = System.nanoTime();
    Map<Key, Long> failed = failures.since();
    return tallies.values().stream()
        .map(t -> status(t, silence.get(t), now, failed.getOrDefault(key(t), 0L)))
        .toList();
  }

  private RouteTable.Entry entry(String owner, WireRoute route, Set<Tally> nowActive) {
    return new RouteTable.Entry(settings(route), targets(owner, route, nowActive));
  }

  private static RouteSettings settings(WireRoute route) {
    RouteOptions options = route.options();
    return new RouteSettings(
        route.kind().equals(WireRoute.HTTP),
        options.connectTimeout(),
        options.idleTimeout(),
        options.maxConnections(),
        options.proxyProtocol(),
        options.hold(),
        options.http().headTimeout(),
        options.http().keepAliveTimeout(),
        options.http().trustForwarded());
  }

  private List<Target> targets(String owner, WireRoute route, Set<Tally> nowActive) {
    List<Target> targets = new ArrayList<>();
    for (WireBackend backend : route.backends()) {
      Key key = new Key(owner, backend.id());
      Tally tally = tallies.computeIfAbsent(key, k -> plane.newTally(k.owner(), k.id()));
      boolean http = route.kind().equals(WireRoute.HTTP);
      RouteCounters counted =
          counters.computeIfAbsent(
              new RouteKey(key, route.listener(), http), k -> plane.newCounters());
      if (backend.active()) {
        NativeAddress address = new NativeAddress(backend.address().socketAddress());
        targets.add(new Target(tally, address, counted));
        nowActive.add(tally);
      }
    }
    return List.copyOf(targets);
  }

  private WireBackendStatus status(Tally tally, @Nullable Duration silence, long now, long failed) {
    long count = tally.count();
    Duration oldest = count == 0 ? Duration.ZERO : Duration.ofNanos(tally.oldestAgeNanos());
    Optional<Duration> draining =
        Optional.ofNullable(drainingSince.get(tally)).map(since -> Duration.ofNanos(now - since));
    Optional<Duration> idle = count == 0 ? Optional.empty() : Optional.ofNullable(silence);
    return new WireBackendStatus(tally.owner(), tally.id(), count, oldest, draining, idle, failed);
  }
}
