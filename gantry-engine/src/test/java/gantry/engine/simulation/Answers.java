package gantry.engine.simulation;

import gantry.api.Endpoint;
import gantry.api.Fields;
import gantry.api.check.CheckTarget;
import gantry.api.check.HealthCheck;
import gantry.api.check.HealthCheckFactory;
import gantry.api.check.Verdict;
import gantry.engine.config.Checks;
import gantry.engine.plan.ContainerView;
import gantry.engine.plugin.Extensions;
import gantry.testkit.container.InMemoryEngine;
import java.time.Duration;
import java.util.Map;

/** The ready check of a machine: asks the engine in memory, and notes which lives have passed. */
record Answers(SimMachine machine) implements HealthCheck {
  private static final double WRONGLY_FAILING = 0.05;

  static Checks checks(SimMachine machine) {
    HealthCheckFactory http =
        new HealthCheckFactory() {
          @Override
          public String kind() {
            return "http";
          }

          @Override
          public HealthCheck create(Fields fields) {
            fields.requiredInteger("port", 1, 65535);
            return new Answers(machine);
          }
        };
    return new Checks(new Extensions(Map.of("http", http), Map.of(), Map.of(), Map.of(), Map.of()));
  }

  @Override
  public Verdict check(CheckTarget target, Duration timeout) {
    Endpoint endpoint = target.endpoint(User.CONTAINER);
    int status = machine.engine.ask(endpoint).map(InMemoryEngine.Answer::status).orElse(0);
    boolean lies = !machine.world.isCalm() && machine.world.dice.chance(WRONGLY_FAILING);
    boolean holds = status == 200 && !lies;
    machine
        .container(target.container())
        .ifPresent(container -> machine.watch.checked(container.life(), holds));
    if (!holds) {
      return Verdict.unhealthy("status " + status + " from " + endpoint + ", expected 200");
    }
    machine.container(target.container()).ifPresent(this::passed);
    return Verdict.healthy();
  }

  private void passed(ContainerView container) {
    machine.passed.add(container.life());
    machine.passedRevisions.add(container.revision());
  }

  @Override
  public String describe(CheckTarget target) {
    return "asking " + target.container().brief();
  }
}
