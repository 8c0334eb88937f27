package gantry.engine.store;

import gantry.api.proxy.BackendStatus;
import java.time.Duration;

/**
 * An old container that waits for its last connection.
 *
 * @param container its brief id
 * @param oldestSeconds age of its oldest connection
 * @param drainingSeconds for how long it has drained; 0 when that is not known
 * @param idleSeconds since the last byte of any of its connections; 0 when that is not known
 */
public record Drain(
    String container,
    long revision,
    long connections,
    long oldestSeconds,
    long drainingSeconds,
    long idleSeconds) {
  /** What the proxy tells of a container. */
  public static Drain of(String container, long revision, BackendStatus status) {
    return new Drain(
        container,
        revision,
        status.connections(),
        status.oldest().toSeconds(),
        status.draining().orElse(Duration.ZERO).toSeconds(),
        status.idle().orElse(Duration.ZERO).toSeconds());
  }
}
