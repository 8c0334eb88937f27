package gantry.api.proxy;

import java.time.Duration;
import java.util.Optional;

/**
 * A backend's open connections, over all routes of its owner.
 *
 * @param connections exact at the moment of the answer; half-open ones count
 * @param oldest age of the oldest of them; zero when there is none
 * @param draining for how long it has been given no new connection, whoever asked and however often
 *     callers were restarted since; by a clock that does not jump. Empty for one that gets new
 *     connections, and when the proxy does not know
 * @param idle since the last byte of any of them: each has been silent for so long or longer. Told
 *     of backends that drain; empty when there is no connection, and when the proxy does not know
 * @param connectFailures how often the proxy could not connect to it since it was last made one
 *     that gets new connections; begins again at zero with the proxy's process
 */
public record BackendStatus(
    String owner,
    String id,
    long connections,
    Duration oldest,
    Optional<Duration> draining,
    Optional<Duration> idle,
    long connectFailures) {
  /** Of a backend that gets new connections, or from a proxy that knows no more. */
  public BackendStatus(String owner, String id, long connections, Duration oldest) {
    this(owner, id, connections, oldest, Optional.empty(), Optional.empty(), 0);
  }
}
