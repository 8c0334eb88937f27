package gantry.engine.spec;

import java.time.Duration;
import java.util.Objects;

/**
 * How long old containers wait for their connections.
 *
 * @param timeout after so long a drain ends, whatever is open; zero for never
 * @param idle connections that have been silent for so long no longer hold a container; zero for
 *     never
 */
public record DrainSpec(Duration timeout, Duration idle) {
  /** For ever. */
  public static final DrainSpec DEFAULT = new DrainSpec(Duration.ZERO, Duration.ZERO);

  /** For what was stored without one of them. */
  public DrainSpec {
    timeout = Objects.requireNonNullElse(timeout, Duration.ZERO);
    idle = Objects.requireNonNullElse(idle, Duration.ZERO);
  }
}
