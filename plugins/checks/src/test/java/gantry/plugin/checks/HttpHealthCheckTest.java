package gantry.plugin.checks;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.Endpoint;
import gantry.api.Problem;
import gantry.api.check.HealthCheckFactory;
import gantry.api.check.Verdict;
import gantry.testkit.check.FakeTarget;
import gantry.testkit.check.HealthCheckContract;
import gantry.testkit.check.RefusingPort;
import gantry.testkit.check.ScriptedServer;
import gantry.testkit.check.Scripts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpHealthCheckTest extends HealthCheckContract {
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

  @Override
  protected HealthCheckFactory factory() {
    return new HttpHealthCheckFactory();
  }

  @Override
  protected Map<String, ?> goodFields() {
    return Map.of("port", 8888, "path", "/health?deep=1", "expect", 204, "host", "shop.example");
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
    return Scripts.answeringAndStaying(OK);
  }

  @Test
  void descriptionIsTheDocumentedOne() {
    FakeTarget target = FakeTarget.at(8888, new Endpoint("localhost", 49320));
    assertThat(check(Map.of("port", 8888)).describe(target))
        .isEqualTo("Checking HTTP address: http://localhost:49320");
    assertThat(check(Map.of("port", 8888, "path", "/up")).describe(target))
        .isEqualTo("Checking HTTP address: http://localhost:49320/up");
  }

  @Test
  void otherStatusIsUnhealthy() {
    reasonIs("HTTP/1.1 503 Busy\r\n\r\n", "HTTP 503 from http://%s/, expected 200");
  }

  @Test
  void redirectIsNotFollowed() {
    reasonIs(
        "HTTP/1.1 302 Found\r\nLocation: /login\r\n\r\n", "HTTP 302 from http://%s/, expected 200");
  }

  @Test
  void refusedConnectionHasItsReason() {
    try (RefusingPort refused = ScriptedServer.refusing()) {
      Verdict verdict = check(fieldsFor(80)).check(FakeTarget.at(80, refused.endpoint()), LONG);
      assertThat(reason(verdict))
          .isEqualTo("connection refused by http://" + refused.endpoint() + "/");
    }
  }

  @Test
  void silenceHasItsReason() {
    reasonIs(Scripts.silent(), TIMEOUT, "no answer from http://%s/ within 300 ms");
  }

  @Test
  void answerWithoutEndHasItsReason() {
    reasonIs(
        Scripts.dripping("HTTP/1.1 200 OK\r\n\r\n"),
        Duration.ofSeconds(1),
        "the answer of http://%s/ did not end within 1 s");
  }

  @Test
  void hangingUpHasItsReason() {
    reasonIs("", "connection closed by http://%s/ without an answer");
    reasonIs(
        "HTTP/1.1 200 OK\r\nServer: x\r\n", "connection closed by http://%s/ within the headers");
  }

  @Test
  void cutOffPageIsUnhealthy() {
    String reason = "connection closed by http://%s/ within the page";
    reasonIs("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort", reason);
    reasonIs("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", reason);
    reasonIs("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nhello\r\n", reason);
  }

  @Test
  void otherProtocolIsQuotedInOneLine() {
    reasonIs(
        "SSH-2.0-OpenSSH_9.2\r\n",
        "no HTTP answer from http://%s/, it begins with 'SSH-2.0-OpenSSH_9.2'");
    reasonIs(
        "\u0001\u0002bad\u001b[31m...\n",
        "no HTTP answer from http://%s/, it begins with 'bad [31m'");
  }

  @Test
  void endlessLineIsUnhealthy() {
    reasonIs(
        Scripts.flooding(""),
        LONG,
        "a line of more than 8192 characters in the answer of http://%s/");
  }

  @Test
  void endlessHeadersAreUnhealthy() {
    reasonIs(
        "HTTP/1.1 200 OK\r\n" + "A: b\r\n".repeat(1000), "more than 200 headers from http://%s/");
    reasonIs("HTTP/1.1 100 Continue\r\n\r\n".repeat(1000), "more than 200 headers from http://%s/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 99 x",
        "HTTP/1.1 2000 x",
        "HTTP/1.1 20x OK",
        "HTTP/2 200",
        "http/1.1 200 OK",
        " HTTP/1.1 200 OK",
        "HTTP/1.1  200 OK",
        "HTTP/1.1 600 x",
        "HTTP/1.1200 OK"
      })
  void statusLineIsReadStrictly(String line) {
    assertThat(judgeAnswer(line + "\r\n\r\n")).isInstanceOf(Verdict.Unhealthy.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\n\r\nuntil the end",
        "HTTP/1.0 200 OK\r\n\r\n",
        "HTTP/1.1 200\r\n\r\n",
        "HTTP/1.1 200 OK\n\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length:0\r\n\r\n"
      })
  void everyFormOfAPageIsDownloaded(String answer) {
    assertThat(judgeAnswer(answer)).isEqualTo(Verdict.healthy());
  }

  @Test
  void pageOfAnySizeIsReadUpToTheLimit() {
    try (ScriptedServer server =
        ScriptedServer.start(Scripts.flooding("HTTP/1.1 200 OK\r\n\r\n"))) {
      assertThat(judge(server, LONG)).isEqualTo(Verdict.healthy());
    }
  }

  @Test
  void expectedStatusIsConfigurable() {
    try (ScriptedServer server =
        ScriptedServer.start(Scripts.answeringAndStaying("HTTP/1.1 204 None\r\n\r\n"))) {
      var fields = Map.of("port", server.port(), "expect", 204);
      assertThat(check(fields).check(FakeTarget.at(server), LONG)).isEqualTo(Verdict.healthy());
    }
  }

  @Test
  void requestAsksForThePageAndAnEndOfTheConnection() {
    AtomicReference<String> seen = new AtomicReference<>("");
    ScriptedServer.Script script =
        client -> {
          seen.set(Scripts.readHead(client.getInputStream()));
          client.getOutputStream().write(OK.getBytes(StandardCharsets.US_ASCII));
        };
    try (ScriptedServer server = ScriptedServer.start(script)) {
      var fields = Map.of("port", server.port(), "path", "/up?x=1", "host", "shop.example");
      assertThat(check(fields).check(FakeTarget.at(server), LONG)).isEqualTo(Verdict.healthy());
      assertThat(seen.get())
          .startsWith("GET /up?x=1 HTTP/1.1\r\nHost: shop.example\r\n")
          .contains("\r\nConnection: close\r\n");
      judge(server, LONG);
      assertThat(seen.get()).contains("\r\nHost: " + server.endpoint() + "\r\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "port|0|expected a whole number from 1 to 65535, found 0",
        "port|65536|expected a whole number from 1 to 65535, found 65536",
        "expect|99|expected a whole number from 100 to 599, found 99",
        "expect|600|expected a whole number from 100 to 599, found 600",
      })
  void numbersOutOfRangeAreProblems(String name, int value, String message) {
    var fields = new HashMap<String, Object>(Map.of("port", 80));
    fields.put(name, value);
    assertThat(problemsOf(fields))
        .containsExactly(new Problem("components[0].readyChecks[0]." + name, message));
  }

  @ParameterizedTest
  @ValueSource(strings = {"up", "/a b", "/a\r\nX: y", "/\u00e4", "http://other/", " /"})
  void pathThatWouldBreakTheRequestIsAProblem(String path) {
    assertThat(problemsOf(Map.of("port", 80, "path", path)))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.place()).isEqualTo("components[0].readyChecks[0].path");
              assertThat(problem.message()).contains("starts with '/'").doesNotContain("\r");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nX: y", "-a", "a..b", "shop.example:80", "[::1]", "a_b"})
  void hostThatIsNoNameIsAProblem(String host) {
    assertThat(problemsOf(Map.of("port", 80, "host", host)))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.place()).isEqualTo("components[0].readyChecks[0].host");
              assertThat(problem.message()).startsWith("expected a host name, found '");
            });
  }

  private void reasonIs(String answer, String expected) {
    reasonIs(Scripts.answering(answer), LONG, expected);
  }

  private void reasonIs(ScriptedServer.Script script, Duration timeout, String expected) {
    try (ScriptedServer server = ScriptedServer.start(script)) {
      assertThat(reason(judge(server, timeout)))
          .isEqualTo(expected.replace("%s", server.endpoint().toString()));
    }
  }

  private Verdict judgeAnswer(String answer) {
    try (ScriptedServer server = ScriptedServer.start(Scripts.answering(answer))) {
      return judge(server, LONG);
    }
  }
}
