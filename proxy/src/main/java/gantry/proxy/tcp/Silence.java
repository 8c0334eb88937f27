package gantry.proxy.tcp;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long each of some backends has been silent: the time since the last byte of that one of its
 * open connections that was heard of last. Found by looking at each connection when somebody asks,
 * so that moving bytes costs nothing more.
 */
final class Silence {
  private final Collection<Tally> tallies;

  Silence(Collection<Tally> tallies) {
    this.tallies = tallies;
  }

  /** Nanoseconds by backend, of what one loop has; on that loop. */
  Map<Tally, Long> on(Worker worker) {
    long now = System.nanoTime();
    Map<Tally, Long> silent = new HashMap<>();
    for (Tally tally : tallies) {
      tally.oldestFirst(
          worker.index(),
          Integer.MAX_VALUE,
          lease -> silent.merge(tally, nanos(lease, now), Math::min));
    }
    return silent;
  }

  /** Over all loops; backends without a connection are left out. */
  static Map<Tally, Duration> merged(List<Map<Tally, Long>> loops) {
    Map<Tally, Duration> merged = new HashMap<>();
    for (Map<Tally, Long> loop : loops) {
      loop.forEach(
          (tally, nanos) -> merged.merge(tally, Duration.ofNanos(nanos), Silence::shorter));
    }
    return merged;
  }

  private static long nanos(Tally.Lease lease, long now) {
    OpenConnection about = lease.about();
    long last = about == null ? lease.sinceNanos() : about.lastByteNanos();
    return Math.max(0, now - last);
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
