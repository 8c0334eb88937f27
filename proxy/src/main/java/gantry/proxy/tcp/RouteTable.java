package gantry.proxy.tcp;

import gantry.proxy.wire.WireAddress;
import java.util.List;
import java.util.Map;

/** Which backends new connections of each listener may go to. Immutable, published as a whole. */
public record RouteTable(Map<WireAddress, List<Target>> active) {
  /** Routes nothing. */
  public static final RouteTable EMPTY = new RouteTable(Map.of());

  /** Copies the map. */
  public RouteTable {
    active = Map.copyOf(active);
  }

  /** The active backends behind a listener; empty also when there is no such listener. */
  List<Target> activeBehind(WireAddress listener) {
    return active.getOrDefault(listener, List.of());
  }
}
