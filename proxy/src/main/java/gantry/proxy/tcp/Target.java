package gantry.proxy.tcp;

import gantry.proxy.io.NativeAddress;

/**
 * An active backend of a route. The same backend behind another route is another target: it has
 * counters and pooled connections of its own.
 *
 * @param tally its open connections, over all routes
 * @param address where to connect
 * @param counters what it does for this route
 */
public record Target(Tally tally, NativeAddress address, RouteCounters counters) {
  /** A target whose counters nobody reads. */
  public Target(Tally tally, NativeAddress address) {
    this(tally, address, new RouteCounters(tally.loops()));
  }
}
