package gantry.api.proxy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A proxy process.
 *
 * @param version of the program
 * @param transport the kernel interface that carries the traffic, by the proxy's own word
 * @param loops how many event loops or threads carry it
 * @param metrics where figures are served by HTTP, {@code HOST:PORT}
 * @param unbound listeners that routes want and that cannot be bound for now, with the reason
 * @param older processes that have handed over to this one and serve their last connections, with
 *     how many these are
 */
public record ProxyInfo(
    long pid,
    String version,
    String transport,
    int loops,
    Duration uptime,
    Optional<String> metrics,
    Map<Listener, String> unbound,
    Map<Long, Long> older) {
  /** Copies the maps. */
  public ProxyInfo {
    unbound = Map.copyOf(unbound);
    older = Map.copyOf(older);
  }
}
