package gantry.cli.demo;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * Which process answers on which machine, as clients see it. Only new connections tell where
 * traffic goes; older ones stay where they are. Thread-safe.
 */
final class Serving {
  private final BiConsumer<Site, Server> onSwitch;
  private final Map<String, Seen> machines = new ConcurrentHashMap<>();

  /**
   * Nothing was seen yet.
   *
   * @param onSwitch told, in the client's thread, when new connections of a machine reach a newer
   *     release for the first time
   */
  Serving(BiConsumer<Site, Server> onSwitch) {
    this.onSwitch = onSwitch;
  }

  /** What was seen of one machine. */
  private static final class Seen {
    private final TreeMap<Integer, Long> firstAnswerNanos = new TreeMap<>();
    private final Set<Server> servers = new LinkedHashSet<>();
    private long strays;
  }

  /** A new connection was opened, at {@code startNanos}, and answered. */
  void sawNew(Site site, Server server, long startNanos, long endNanos) {
    Seen seen = of(site);
    boolean switched;
    synchronized (seen) {
      seen.servers.add(server);
      Map.Entry<Integer, Long> newest = seen.firstAnswerNanos.lastEntry();
      switched = newest == null || server.release() > newest.getKey();
      if (switched) {
        seen.firstAnswerNanos.put(server.release(), endNanos);
      } else if (server.release() < newest.getKey() && startNanos - newest.getValue() > 0) {
        seen.strays++;
      }
    }
    if (switched) {
      onSwitch.accept(site, server);
    }
  }

  /** A connection that was open before was answered. */
  void sawOld(Site site, Server server) {
    Seen seen = of(site);
    synchronized (seen) {
      seen.servers.add(server);
    }
  }

  /** When a new connection first reached a release. */
  Optional<Long> switchedAtNanos(Site site, int release) {
    Seen seen = of(site);
    synchronized (seen) {
      return Optional.ofNullable(seen.firstAnswerNanos.get(release));
    }
  }

  /** New connections that reached an older release after a newer one had answered. */
  long strays(Site site) {
    Seen seen = of(site);
    synchronized (seen) {
      return seen.strays;
    }
  }

  /** Everybody that ever answered, in the order of the first answers. */
  List<Server> servers(Site site) {
    Seen seen = of(site);
    synchronized (seen) {
      return List.copyOf(seen.servers);
    }
  }

  private Seen of(Site site) {
    return machines.computeIfAbsent(site.machine(), machine -> new Seen());
  }
}
