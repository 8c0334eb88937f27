package gantry.engine.loop;

import gantry.api.Endpoint;
import gantry.api.Fields;
import gantry.api.check.CheckTarget;
import gantry.api.check.HealthCheck;
import gantry.api.check.HealthCheckFactory;
import gantry.api.check.Verdict;
import gantry.engine.config.Checks;
import gantry.engine.plugin.Extensions;
import gantry.testkit.container.InMemoryEngine;
import java.time.Duration;
import java.util.Map;

/** An http check against an engine in memory. */
record AnswerCheck(InMemoryEngine engine, int port) implements HealthCheck {
  /** Checks of one machine, whose engine answers them. */
  static Checks of(InMemoryEngine engine) {
    HealthCheckFactory http =
        new HealthCheckFactory() {
          @Override
          public String kind() {
            return "http";
          }

          @Override
          public HealthCheck create(Fields fields) {
            return new AnswerCheck(engine, fields.requiredInteger("port", 1, 65535));
          }
        };
    return new Checks(new Extensions(Map.of("http", http), Map.of(), Map.of(), Map.of(), Map.of()));
  }

  @Override
  public Verdict check(CheckTarget target, Duration timeout) {
    Endpoint endpoint = target.endpoint(port);
    int status = engine.ask(endpoint).map(InMemoryEngine.Answer::status).orElse(0);
    return switch (status) {
      case 200 -> Verdict.healthy();
      case 0 -> Verdict.unhealthy("nobody answers at " + endpoint);
      default -> Verdict.unhealthy("HTTP " + status + " from " + endpoint + ", expected 200");
    };
  }

  @Override
  public String describe(CheckTarget target) {
    return "asking " + target.endpoint(port);
  }
}
