package gantry.plugin.checks;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.check.TerminationSignal;
import gantry.api.check.TerminationSignalFactory;
import gantry.api.check.Verdict;
import gantry.testkit.check.FakeTarget;
import gantry.testkit.check.ScriptedServer;
import gantry.testkit.check.Scripts;
import gantry.testkit.check.TerminationSignalFactoryContract;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HttpTerminationSignalTest extends TerminationSignalFactoryContract {
  private static final Duration LONG = Duration.ofSeconds(10);

  @Override
  protected TerminationSignalFactory factory() {
    return new HttpTerminationSignalFactory();
  }

  @Override
  protected Map<String, ?> goodFields() {
    return Map.of("port", 8888, "path", "/retire", "host", "shop.example");
  }

  @Override
  protected List<String> requiredFields() {
    return List.of("port");
  }

  @Test
  void postsToThePage() {
    AtomicReference<String> seen = new AtomicReference<>("");
    ScriptedServer.Script script =
        client -> {
          seen.set(Scripts.readHead(client.getInputStream()));
          client
              .getOutputStream()
              .write("HTTP/1.1 202 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        };
    try (ScriptedServer server = ScriptedServer.start(script)) {
      TerminationSignal signal = signal(Map.of("port", server.port(), "path", "/retire"));
      assertThat(signal.send(FakeTarget.at(server), LONG)).isEqualTo(Verdict.healthy());
      assertThat(signal.containerPorts()).containsExactly(server.port());
      assertThat(seen.get())
          .startsWith("POST /retire HTTP/1.1\r\n")
          .contains("\r\nContent-Length: 0\r\n");
    }
  }

  @Test
  void otherStatusIsUnhealthy() {
    try (ScriptedServer server =
        ScriptedServer.start(Scripts.answering("HTTP/1.1 404 Gone\r\n\r\n"))) {
      assertThat(signal(Map.of("port", server.port())).send(FakeTarget.at(server), LONG))
          .isEqualTo(
              Verdict.unhealthy(
                  "HTTP 404 from http://" + server.endpoint() + "/, expected 200 to 299"));
    }
  }
}
