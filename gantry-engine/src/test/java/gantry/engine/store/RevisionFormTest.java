package gantry.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.coordination.Entry;
import gantry.api.proxy.HttpOptions;
import gantry.api.proxy.RouteKind;
import gantry.api.proxy.RouteOptions;
import gantry.engine.spec.PortSpec;
import gantry.engine.spec.UpdateSpec;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Revisions as they lie in the coordinator, where those of older versions lie too. */
class RevisionFormTest {
  @Test
  void aPortsOptionsAreFrozenWithIt() {
    PortSpec port =
        new PortSpec(
            80,
            8080,
            RouteKind.HTTP,
            new RouteOptions(
                Duration.ofMillis(1500),
                Duration.ofHours(3),
                7,
                true,
                Duration.ofSeconds(4),
                new HttpOptions(Duration.ofSeconds(5), Duration.ofSeconds(6), true)));
    assertThat(read(Json.write(port))).isEqualTo(port);
  }

  @Test
  void aPortFromBeforeThereWereOptionsHasTheDefaults() {
    assertThat(read("{\"external\":80,\"container\":8080,\"kind\":\"TCP\"}"))
        .isEqualTo(new PortSpec(80, 8080, RouteKind.TCP, RouteOptions.DEFAULT));
  }

  @Test
  void anUpdateFromBeforeThereWereDeadlinesHasNone() {
    String stored = Json.write(UpdateSpec.DEFAULT.within(Duration.ofMinutes(1)));
    assertThat(update(stored).progressDeadline()).isEqualTo(Duration.ofMinutes(1));
    String older = "{\"maxParallel\":2,\"minHealthy\":" + Json.write(Duration.ZERO) + "}";
    assertThat(update(older)).isEqualTo(new UpdateSpec(2, Duration.ZERO));
  }

  private static UpdateSpec update(String text) {
    return Json.read(new Entry("key", text, 1, 1), UpdateSpec.class).value();
  }

  private static PortSpec read(String text) {
    return Json.read(new Entry("key", text, 1, 1), PortSpec.class).value();
  }
}
