package gantry.plugin.checks;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.Endpoint;
import gantry.api.check.HealthCheckFactory;
import gantry.api.check.Verdict;
import gantry.testkit.check.FakeTarget;
import gantry.testkit.check.HealthCheckContract;
import gantry.testkit.check.ScriptedServer;
import gantry.testkit.check.Scripts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpsHealthCheckTest extends HealthCheckContract {
  private static final Duration LONG = Duration.ofSeconds(10);
  private static SSLContext selfSigned;

  @BeforeAll
  static void makeCertificate(@TempDir Path folder) throws Exception {
    selfSigned = SelfSigned.context(folder);
  }

  @Override
  protected HealthCheckFactory factory() {
    return new HttpsHealthCheckFactory();
  }

  @Override
  protected Map<String, ?> goodFields() {
    return Map.of(
        "port", 8443, "path", "/up", "expect", 200, "host", "shop.example", "verify", true);
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
    ScriptedServer.Script answer =
        Scripts.answeringAndStaying("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
    return client -> answer.talk(SelfSigned.serverSide(selfSigned, client));
  }

  @Test
  void descriptionNamesTheUrl() {
    FakeTarget target = FakeTarget.at(8443, new Endpoint("172.17.0.5", 8443));
    assertThat(check(goodFields()).describe(target))
        .isEqualTo("Checking HTTPS address: https://172.17.0.5:8443/up");
  }

  @Test
  void statusCountsOverTlsToo() {
    ScriptedServer.Script answer = Scripts.answering("HTTP/1.1 500 Oops\r\n\r\n");
    try (ScriptedServer server =
        ScriptedServer.start(client -> answer.talk(SelfSigned.serverSide(selfSigned, client)))) {
      assertThat(reason(judge(server, LONG)))
          .isEqualTo("HTTP 500 from https://" + server.endpoint() + "/, expected 200");
    }
  }

  @Test
  void selfSignedCertificateIsRefusedWhenVerified() {
    try (ScriptedServer server = ScriptedServer.start(healthyServer())) {
      Verdict verdict =
          check(Map.of("port", server.port(), "verify", true, "host", "shop.example"))
              .check(FakeTarget.at(server), LONG);
      assertThat(reason(verdict))
          .startsWith("TLS with https://" + server.endpoint() + "/ failed: ")
          .contains("PKIX path building failed");
    }
  }

  @Test
  void hostIsTheNameThatTheServerIsTold() {
    AtomicReference<String> told = new AtomicReference<>("");
    ScriptedServer.Script script =
        client -> {
          SSLSocket socket = SelfSigned.serverSide(selfSigned, client);
          socket.startHandshake();
          var session = (ExtendedSSLSession) socket.getSession();
          told.set(session.getRequestedServerNames().toString());
        };
    try (ScriptedServer server = ScriptedServer.start(script)) {
      check(Map.of("port", server.port(), "host", "shop.example"))
          .check(FakeTarget.at(server), LONG);
      assertThat(told.get()).contains("shop.example");
    }
  }

  @Test
  void plainHttpServerIsToldApart() {
    try (ScriptedServer server =
        ScriptedServer.start(Scripts.dripping("HTTP/1.1 400 Bad\r\n\r\n"))) {
      assertThat(reason(judge(server, LONG)))
          .startsWith("TLS with https://" + server.endpoint() + "/ failed: ");
    }
  }
}
