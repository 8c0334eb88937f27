package gantry.proxy.tcp;

import gantry.proxy.io.NativeAddress;
import org.jspecify.annotations.Nullable;

/**
 * An active backend of a route. Equal when the backend and its address are: pooled connections
 * serve any route that leads there.
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

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Target target
        && tally.equals(target.tally)
        && address.equals(target.address);
  }

  @Override
  public int hashCode() {
    return 31 * tally.hashCode() + address.hashCode();
  }
}
