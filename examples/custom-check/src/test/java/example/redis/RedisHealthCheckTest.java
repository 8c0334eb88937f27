package example.redis;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.check.HealthCheckFactory;
import gantry.testkit.check.HealthCheckContract;
import gantry.testkit.check.ScriptedServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The contract's tests, and what is special about Redis. */
class RedisHealthCheckTest extends HealthCheckContract {
  @Override
  protected HealthCheckFactory factory() {
    return new RedisHealthCheckFactory();
  }

  @Override
  protected Map<String, ?> goodFields() {
    return Map.of("port", 6379);
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
    return answering("+PONG\r\n");
  }

  @Test
  void serverThatIsLoadingIsUnhealthy() {
    try (ScriptedServer server =
        ScriptedServer.start(answering("-LOADING Redis is loading the dataset\r\n"))) {
      assertThat(reason(judge(server, Duration.ofSeconds(10))))
          .isEqualTo(
              "redis at "
                  + server.endpoint()
                  + " answered '-LOADING Redis is loading the dataset', expected '+PONG'");
    }
  }

  @Test
  void pluginHostFindsTheExtension() {
    assertThat(getClass().getResource("/META-INF/extensions.idx")).isNotNull();
  }

  private static ScriptedServer.Script answering(String answer) {
    return client -> {
      byte[] request = client.getInputStream().readNBytes("PING\r\n".length());
      if (new String(request, StandardCharsets.US_ASCII).equals("PING\r\n")) {
        client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      }
    };
  }
}
