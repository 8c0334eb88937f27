package gantry.testkit.proxy;

import gantry.api.Clock;
import gantry.api.proxy.Backend;
import gantry.api.proxy.BackendStatus;
import gantry.api.proxy.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The open connections of a twin. Its owner synchronizes. */
final class InMemoryTraffic {
  private final Clock clock;
  private final Set<Open> open = new LinkedHashSet<>();
  private final Map<Open, Long> lastByte = new HashMap<>();
  private final Map<Key, Long> drainingSince = new HashMap<>();
  private final Map<Key, Long> connectFailures = new HashMap<>();
  private final Set<String> refusing = new HashSet<>();
  private long serial;

  /** One open connection; the serial number makes each its own. */
  record Open(String owner, String backend, long sinceNanos, long serial) {}

  private record Key(String owner, String id) {}

  InMemoryTraffic(Clock clock) {
    this.clock = clock;
  }

  /** Connects to the active backend with the fewest connections, if there is one. */
  Optional<Open> connect(String owner, Route route) {
    List<Backend> active =
        new ArrayList<>(route.backends().stream().filter(Backend::active).toList());
    if (active.isEmpty()) {
      return Optional.empty();
    }
    serial++;
    Collections.rotate(active, -Math.floorMod((int) serial, active.size()));
    Backend fewest =
        active.stream()
            .min(Comparator.comparingLong(backend -> count(owner, backend.id())))
            .orElseThrow();
    if (refusing.contains(fewest.id())) {
      connectFailures.merge(new Key(owner, fewest.id()), 1L, Long::sum);
      return Optional.empty();
    }
    Open connection = new Open(owner, fewest.id(), clock.monotonicNanos(), serial);
    open.add(connection);
    return Optional.of(connection);
  }

  /** Nothing listens where a backend is said to be, or something does again. */
  void refuse(String backend, boolean refuses) {
    if (refuses) {
      refusing.add(backend);
    } else {
      refusing.remove(backend);
    }
  }

  boolean isOpen(Open connection) {
    return open.contains(connection);
  }

  /** Whether its backend has none left now. */
  boolean end(Open connection) {
    lastByte.remove(connection);
    return open.remove(connection) && count(connection.owner(), connection.backend()) == 0;
  }

  /** A byte goes through. */
  void speak(Open connection) {
    if (isOpen(connection)) {
      lastByte.put(connection, clock.monotonicNanos());
    }
  }

  void clear() {
    open.clear();
    lastByte.clear();
    drainingSince.clear();
    connectFailures.clear();
  }

  boolean hasIdleDraining(String owner, List<Route> routes) {
    return routes.stream()
        .flatMap(route -> route.backends().stream())
        .anyMatch(backend -> !backend.active() && count(owner, backend.id()) == 0);
  }

  /** Must follow each change of routes: says since when backends are given nothing more. */
  void routed(Map<String, List<Route>> routes) {
    Set<Key> active = new HashSet<>();
    Set<Key> known = new HashSet<>();
    open.forEach(c -> known.add(new Key(c.owner(), c.backend())));
    routes.forEach(
        (owner, list) ->
            list.stream()
                .flatMap(route -> route.backends().stream())
                .forEach(b -> (b.active() ? active : known).add(new Key(owner, b.id()))));
    known.removeAll(active);
    connectFailures.keySet().retainAll(active);
    drainingSince.keySet().retainAll(known);
    known.forEach(key -> drainingSince.putIfAbsent(key, clock.monotonicNanos()));
  }

  List<BackendStatus> status(Map<String, List<Route>> routes) {
    Map<Key, BackendStatus> status = new LinkedHashMap<>();
    routes.forEach(
        (owner, list) ->
            list.forEach(
                route -> route.backends().forEach(b -> put(status, new Key(owner, b.id())))));
    open.forEach(connection -> put(status, new Key(connection.owner(), connection.backend())));
    return List.copyOf(status.values());
  }

  private void put(Map<Key, BackendStatus> status, Key key) {
    Optional<Duration> draining = Optional.ofNullable(drainingSince.get(key)).map(clock::since);
    status.put(
        key,
        new BackendStatus(
            key.owner(),
            key.id(),
            count(key.owner(), key.id()),
            of(key)
                .map(c -> clock.since(c.sinceNanos()))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO),
            draining,
            draining.flatMap(
                d ->
                    of(key)
                        .map(c -> clock.since(lastByte.getOrDefault(c, c.sinceNanos())))
                        .min(Comparator.naturalOrder())),
            connectFailures.getOrDefault(key, 0L)));
  }

  private Stream<Open> of(Key key) {
    return open.stream().filter(c -> c.owner().equals(key.owner()) && c.backend().equals(key.id()));
  }

  private long count(String owner, String id) {
    return open.stream().filter(c -> c.owner().equals(owner) && c.backend().equals(id)).count();
  }
}
