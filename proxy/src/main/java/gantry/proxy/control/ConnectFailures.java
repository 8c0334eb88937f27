package gantry.proxy.control;

import gantry.proxy.tcp.RouteCounters;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** How often each backend could not be connected to since it was last made an active one. */
final class ConnectFailures {
  private final Consumer<BiConsumer<Tallies.Key, RouteCounters>> counters;
  private final Map<Tallies.Key, Long> before = new HashMap<>();

  /**
   * Nothing has failed yet.
   *
   * @param counters tells what is counted of each backend, once for each of its routes
   */
  ConnectFailures(Consumer<BiConsumer<Tallies.Key, RouteCounters>> counters) {
    this.counters = counters;
  }

  /** What failed before does not speak against those that become active now. */
  void begin(Collection<Tallies.Key> becomeActive) {
    if (!becomeActive.isEmpty()) {
      Map<Tallies.Key, Long> all = sums();
      becomeActive.forEach(key -> before.put(key, all.getOrDefault(key, 0L)));
    }
  }

  void retain(Collection<Tallies.Key> known) {
    before.keySet().retainAll(known);
  }

  /** Backends without a failure may be left out. */
  Map<Tallies.Key, Long> since() {
    Map<Tallies.Key, Long> all = sums();
    // The counts of a listener that went away are gone with it.
    all.replaceAll((key, sum) -> Math.max(0, sum - before.getOrDefault(key, 0L)));
    return all;
  }

  private Map<Tallies.Key, Long> sums() {
    Map<Tallies.Key, Long> sums = new HashMap<>();
    counters.accept((key, counted) -> sums.merge(key, counted.connectFailures(), Long::sum));
    return sums;
  }
}
