package gantry.proxy.tcp;

import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireConnection;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects open connections from all loops, the oldest of each backend first. */
final class ConnectionList {
  private final Collection<Tally> tallies;
  private final int limit;

  ConnectionList(Collection<Tally> tallies, int limit) {
    this.tallies = tallies;
    this.limit = limit;
  }

  /** What one loop has; on that loop. */
  List<WireConnection> on(Worker worker) {
    List<WireConnection> found = new ArrayList<>();
    long now = System.nanoTime();
    for (Tally tally : tallies) {
      tally.oldestFirst(worker.index(), limit - found.size(), lease -> found.add(told(lease, now)));
    }
    return found;
  }

  /** The oldest of what all loops have. */
  List<WireConnection> merged(List<List<WireConnection>> loops) {
    return loops.stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparing(WireConnection::age).reversed())
        .limit(limit)
        .toList();
  }

  private static WireConnection told(Tally.Lease lease, long now) {
    @Nullable OpenConnection about = lease.about();
    Duration age = Duration.ofNanos(now - lease.sinceNanos());
    if (about == null) {
      return new WireConnection(lease.tally().owner(), lease.tally().id(), "", "", age, age, 0, 0);
    }
    return new WireConnection(
        lease.tally().owner(),
        lease.tally().id(),
        Objects.toString(about.listenerAddress(), ""),
        text(about.clientAddress()),
        age,
        Duration.ofNanos(Math.max(0, now - about.lastByteNanos())),
        about.bytesToBackend(),
        about.bytesToClient());
  }

  private static String text(@Nullable InetSocketAddress client) {
    return client == null
        ? ""
        : new WireAddress(client.getAddress().getHostAddress(), client.getPort()).toString();
  }
}
