package gantry.api.check;

import java.time.Duration;
import java.util.Set;

/** Judges one container, again and again. Immutable; any number of threads may call it at once. */
public interface HealthCheck {
  /**
   * Judges the target once. Blocks for at most about {@code timeout}; the engine interrupts the
   * thread soon after and then counts the attempt as unhealthy. An exception counts as unhealthy
   * too, with its message as the reason.
   */
  Verdict check(CheckTarget target, Duration timeout);

  /**
   * What an attempt is about to do, for the log: {@code Checking HTTP address:
   * http://127.0.0.1:49320/}.
   */
  String describe(CheckTarget target);

  /** Container ports that the check connects to, so that the driver makes them reachable. */
  default Set<Integer> containerPorts() {
    return Set.of();
  }
}
