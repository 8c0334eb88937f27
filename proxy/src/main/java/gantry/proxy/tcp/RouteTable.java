package gantry.proxy.tcp;

import gantry.proxy.wire.WireAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Where new connections of each listener go. Immutable, published as a whole. */
public record RouteTable(Map<WireAddress, Entry> entries) {
  /** Routes nothing. */
  public static final RouteTable EMPTY = new RouteTable(Map.of());

  private static final Entry NOTHING = new Entry(RouteSettings.TCP, List.of());

  /** Copies the map. */
  public RouteTable {
    entries = Map.copyOf(entries);
  }

  /** What is behind a listener; nothing also when there is no such listener. */
  public Entry behind(WireAddress listener) {
    return entries.getOrDefault(listener, NOTHING);
  }

  /** The active backends of all routes. */
  Set<Target> active() {
    return entries.values().stream()
        .flatMap(entry -> entry.active().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * One route.
   *
   * @param active the backends that get new connections, or requests
   */
  public record Entry(RouteSettings settings, List<Target> active) {
    /** Copies the list. */
    public Entry {
      active = List.copyOf(active);
    }
  }
}
