package gantry.proxy.tcp;

import gantry.proxy.wire.WireAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One listener as one loop sees it: whose turn it is, and how many clients it has. One loop. */
public final class LoopListener {
  private final WireAddress address;
  private final AtomicInteger clients;
  private final Picker picker = new Picker();

  /**
   * Makes the loop's view.
   *
   * @param clients open client connections of the listener, shared by all loops
   */
  LoopListener(WireAddress address, AtomicInteger clients) {
    this.address = address;
    this.clients = clients;
  }

  /** Where it listens. */
  public WireAddress address() {
    return address;
  }

  /** Counts a client in; false when the route has as many as it wants. */
  boolean enter(RouteSettings settings) {
    int most = settings.maxConnections();
    if (clients.incrementAndGet() > most && most > 0) {
      clients.decrementAndGet();
      return false;
    }
    return true;
  }

  void leave() {
    clients.decrementAndGet();
  }

  @Nullable Target pick(List<Target> active, Set<Target> tried) {
    return picker.pick(active, tried);
  }
}
