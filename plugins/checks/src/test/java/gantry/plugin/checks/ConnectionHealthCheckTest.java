package gantry.plugin.checks;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.check.HealthCheckFactory;
import gantry.api.check.Verdict;
import gantry.testkit.check.FakeTarget;
import gantry.testkit.check.HealthCheckFactoryContract;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectionHealthCheckTest extends HealthCheckFactoryContract {
  @Override
  protected HealthCheckFactory factory() {
    return new ConnectionHealthCheckFactory();
  }

  @Override
  protected Map<String, ?> goodFields() {
    return Map.of();
  }

  @Override
  protected List<String> requiredFields() {
    return List.of();
  }

  @Test
  void noConnectionIsHealthy() {
    assertThat(judge(new FakeTarget().withConnections(0))).isEqualTo(Verdict.healthy());
  }

  @Test
  void openConnectionsAreUnhealthy() {
    assertThat(judge(new FakeTarget().withConnections(1)))
        .isEqualTo(Verdict.unhealthy("1 connection open"));
    assertThat(judge(new FakeTarget().withConnections(3)))
        .isEqualTo(Verdict.unhealthy("3 connections open"));
  }

  @Test
  void notToKnowIsUnhealthy() {
    assertThat(judge(new FakeTarget()))
        .isEqualTo(Verdict.unhealthy("the proxy does not tell its connections"));
  }

  @Test
  void descriptionNamesTheContainer() {
    assertThat(check(Map.of()).describe(new FakeTarget()))
        .isEqualTo("Checking connections of container: 4ae76210a4fe");
  }

  private Verdict judge(FakeTarget target) {
    return check(Map.of()).check(target, Duration.ofSeconds(1));
  }
}
