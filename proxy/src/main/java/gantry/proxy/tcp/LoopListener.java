package gantry.proxy.tcp;

import gantry.proxy.wire.WireAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One listener as one loop sees it: whose turn it is, and how many clients it has. One loop. */
public final class LoopListener {
  private final WireAddress address;
  private final ListenerCounts counts;
  private final Picker picker = new Picker();

  /**
   * Makes the loop's view.
   *
   * @param counts of the listener, shared by all loops
   */
  LoopListener(WireAddress address, ListenerCounts counts) {
    this.address = address;
    this.counts = counts;
  }

  /** Where it listens. */
  public WireAddress address() {
    return address;
  }

  /** Counts a client in; false when the route has as many as it wants. */
  boolean enter(RouteSettings settings) {
    return counts.enter(settings.maxConnections());
  }

  void leave() {
    counts.leave();
  }

  /** Counts an answer that no backend gave. */
  public void answered(int status) {
    counts.answered(status);
  }

  @Nullable Target pick(List<Target> active, Set<Target> tried) {
    return picker.pick(active, tried);
  }
}
