package gantry.bench.rollout;

import gantry.api.Fields;
import gantry.api.check.CheckTarget;
import gantry.api.check.HealthCheck;
import gantry.api.check.HealthCheckFactory;
import gantry.api.check.Verdict;
import java.time.Duration;

/** A ready check that holds at once, so that it adds nothing to what is measured. */
final class InstantCheck implements HealthCheckFactory {
  static final String KIND = "instant";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public HealthCheck create(Fields fields) {
    return new HealthCheck() {
      @Override
      public Verdict check(CheckTarget target, Duration timeout) {
        return Verdict.healthy();
      }

      @Override
      public String describe(CheckTarget target) {
        return "holds at once";
      }
    };
  }
}
