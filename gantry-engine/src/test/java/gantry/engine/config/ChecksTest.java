package gantry.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.engine.golden.Golden;
import gantry.engine.spec.CheckSpec;
import gantry.engine.spec.ComponentSpec;
import gantry.engine.spec.UpdateSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChecksTest {
  private static final String WEB =
      """
      {"components": [{"name": "web", "repo": "w",
        "ports": [{"external": 80, "container": 8888}, {"external": 81, "container": 70}],
        "readyChecks": [{"kind": "tcp", "port": 9999, "timeout": 5}, {"kind": "http", "port": 8888}]}]}
      """;

  private final Checks checks = new Checks(TestExtensions.standard());
  private final ComponentSpec web =
      new ConfigReader(TestExtensions.standard()).parse(WEB, "web").require("web");

  @Test
  void makesTheChecksInTheOrderOfTheFile() {
    assertThat(checks.ready(web))
        .containsExactly(
            new ConfiguredCheck("tcp", Duration.ofMillis(5), new TestExtensions.PortCheck(9999)),
            new ConfiguredCheck("http", Duration.ofSeconds(5), new TestExtensions.PortCheck(8888)));
  }

  @Test
  void namesThePortsOfTheComponentAndOfItsChecks() {
    assertThat(checks.containerPorts(web)).containsExactly(70, 8888, 9999);
  }

  @Test
  void aKindThatThisMachineLacksIsAnErrorAndNeverLeftOut() {
    GantryException e =
        catchThrowableOfType(
            GantryException.class, () -> new Checks(TestExtensions.none()).ready(web));

    assertThat(e.code()).isEqualTo(ErrorCode.BAD_CONFIGURATION);
    Golden.assertSame(
        "config", "code-check-without-plugin", e.text() + "\nnext: " + e.next().orElse("-"));
  }

  @Test
  void fieldsThatThisMachinesPluginRefusesAreAnError() {
    GantryException e =
        catchThrowableOfType(
            GantryException.class, () -> checks.ready(withCheck("tcp", Map.of("port", 0))));

    Golden.assertSame("config", "code-check-refused", e.text());
  }

  @Test
  void aPluginThatThrowsIsAnError() {
    GantryException e =
        catchThrowableOfType(
            GantryException.class, () -> checks.ready(withCheck("broken", Map.of())));

    assertThat(e).hasCauseInstanceOf(IllegalStateException.class);
  }

  private static ComponentSpec withCheck(String kind, Map<String, Object> fields) {
    return new ComponentSpec(
        "web",
        "w",
        "latest",
        List.of(),
        List.of(),
        List.of(new CheckSpec(kind, Duration.ofSeconds(1), fields)),
        Duration.ofSeconds(1),
        Map.of(),
        UpdateSpec.DEFAULT);
  }
}
