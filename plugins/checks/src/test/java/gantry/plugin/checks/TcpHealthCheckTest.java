package gantry.plugin.checks;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.Endpoint;
import gantry.api.check.HealthCheckFactory;
import gantry.testkit.check.FakeTarget;
import gantry.testkit.check.HealthCheckContract;
import gantry.testkit.check.RefusingPort;
import gantry.testkit.check.ScriptedServer;
import gantry.testkit.check.Scripts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TcpHealthCheckTest extends HealthCheckContract {
  @Override
  protected HealthCheckFactory factory() {
    return new TcpHealthCheckFactory();
  }

  @Override
  protected Map<String, ?> goodFields() {
    return Map.of("port", 5432);
  }

  @Override
  protected List<String> requiredFields() {
    return List.of("port");
  }

  @Override
  protected Map<String, ?> fieldsFor(int port) {
    return Map.of("port", port);
  }

  @Override
  protected ScriptedServer.Script healthyServer() {
    return Scripts.silent();
  }

  @Test
  void descriptionNamesTheAddress() {
    FakeTarget target = FakeTarget.at(5432, new Endpoint("172.17.0.5", 5432));
    assertThat(check(goodFields()).describe(target))
        .isEqualTo("Checking TCP address: 172.17.0.5:5432");
  }

  @Test
  void refusedConnectionHasItsReason() {
    try (RefusingPort refused = ScriptedServer.refusing()) {
      FakeTarget target = FakeTarget.at(80, refused.endpoint());
      assertThat(reason(check(fieldsFor(80)).check(target, TIMEOUT)))
          .isEqualTo("connection refused by " + refused.endpoint());
    }
  }

  @Test
  void unknownHostNameHasItsReason() {
    FakeTarget target = FakeTarget.at(80, new Endpoint("no such host", 80));
    assertThat(reason(check(fieldsFor(80)).check(target, TIMEOUT)))
        .isEqualTo("the host name of no such host:80 is not known");
  }
}
