package gantry.plugin.checks;

import gantry.api.Endpoint;
import gantry.api.check.CheckTarget;
import gantry.api.check.HealthCheck;
import gantry.api.check.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/** Healthy when a connection can be established; it is closed at once. */
record TcpHealthCheck(int port) implements HealthCheck {
  @Override
  public Verdict check(CheckTarget target, Duration timeout) {
    Endpoint endpoint = target.endpoint(port);
    try (TimedConnection connection = TimedConnection.open(timeout)) {
      try {
        connection.connect(endpoint);
        return Verdict.healthy();
      } catch (IOException e) {
        var attempt = new Reasons.Attempt(endpoint.toString(), timeout, false);
        return Verdict.unhealthy(Reasons.of(e, connection, attempt));
      }
    } catch (IOException e) {
      return Verdict.unhealthy("no socket for " + endpoint + ": " + Reasons.quote(e.toString()));
    }
  }

  @Override
  public String describe(CheckTarget target) {
    return "Checking TCP address: " + target.endpoint(port);
  }

  @Override
  public Set<Integer> containerPorts() {
    return Set.of(port);
  }
}
