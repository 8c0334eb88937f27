package gantry.engine.spec;

import java.time.Duration;

/**
 * How a rollout goes through the machines.
 *
 * @param maxParallel machines that may take a new revision at a time, at least 1
 * @param minHealthy how long a machine watches its new container after the switch; zero for not
 */
public record UpdateSpec(int maxParallel, Duration minHealthy) {
  /** One machine at a time, no watch. */
  public static final UpdateSpec DEFAULT = new UpdateSpec(1, Duration.ZERO);
}
