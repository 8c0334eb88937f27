package gantry.plugin.checks;

import gantry.api.check.CheckTarget;
import gantry.api.check.HealthCheck;
import gantry.api.check.Verdict;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Healthy when the proxy holds no connection to the container. A termination check: a container may
 * be stopped when it holds. Not to know is never "none".
 */
record ConnectionHealthCheck() implements HealthCheck {
  @Override
  public Verdict check(CheckTarget target, Duration timeout) {
    OptionalLong connections = target.connections();
    if (connections.isEmpty()) {
      return Verdict.unhealthy("the proxy does not tell its connections");
    }
    long open = connections.getAsLong();
    return open == 0 ? Verdict.healthy() : Verdict.unhealthy(words(open));
  }

  @Override
  public String describe(CheckTarget target) {
    return "Checking connections of container: " + target.container().brief();
  }

  private static String words(long open) {
    return open == 1 ? "1 connection open" : open + " connections open";
  }
}
