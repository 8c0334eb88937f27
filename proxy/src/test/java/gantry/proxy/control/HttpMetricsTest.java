package gantry.proxy.control;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gantry.proxy.metrics.MetricsEndpoint;
import gantry.proxy.tcp.Transport;
import gantry.proxy.wire.ProxyFiles;
import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireBackend;
import gantry.proxy.wire.WireRoute;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Scanner;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the endpoint tells after requests that really took place. */
class HttpMetricsTest {
  private static final String GET = "GET /200 HTTP/1.1\r\nHost: a\r\n\r\n";

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Transport.class)
  void requestsAreCountedByRouteBackendAndStatus(Transport transport) throws Exception {
    try (TestBackend backend = new TestBackend("a", HttpMetricsTest::answerAsAsked);
        TestProxy proxy = new TestProxy(folder, transport, 1)) {
      WireAddress first = TestProxy.freeAddress();
      WireAddress second = TestProxy.freeAddress();
      WireBackend dead = new WireBackend("dead", TestProxy.freeAddress(), true);
      WireAddress mixed = TestProxy.freeAddress();
      apply(
          proxy, http(first, backend.active()), http(second, backend.active()), http(mixed, dead));
      for (String status : List.of("200", "204", "404", "503")) {
        ask(first, GET.replace("200", status), status);
      }
      ask(second, GET, "200");
      ask(mixed, GET, "503");
      ask(first, "nonsense\r\n\r\n", "400");
      String text = figures(proxy);
      String a = "backend=\"a\"";
      assertThat(value(text, "http_requests_total", first, a, "2xx")).isEqualTo(2);
      assertThat(value(text, "http_requests_total", first, a, "4xx")).isEqualTo(1);
      assertThat(value(text, "http_requests_total", first, a, "5xx")).isEqualTo(1);
      assertThat(value(text, "http_requests_total", second, a, "2xx")).isEqualTo(1);
      assertThat(value(text, "connections_total", first, a)).isEqualTo(4);
      assertThat(value(text, "connections_total", second, a)).isEqualTo(1);
      assertThat(value(text, "http_request_duration_seconds_count", first, a)).isEqualTo(4);
      assertThat(value(text, "http_request_duration_seconds_count", second, a)).isEqualTo(1);
      assertThat(value(text, "seconds_bucket", first, a, "+Inf")).isEqualTo(4);
      assertThat(value(text, "connect_failures_total", mixed, "dead")).isEqualTo(1);
      assertThat(value(text, "http_requests_total", mixed, "dead", "5xx")).isZero();
      assertThat(value(text, "own_answers_total", mixed, "5xx")).isEqualTo(1);
      assertThat(value(text, "own_answers_total", first, "4xx")).isEqualTo(1);
      assertThat(value(text, "own_answers_total", first, "5xx")).isZero();
    }
  }

  private static void apply(TestProxy proxy, WireRoute... routes) throws RefusedException {
    proxy.steering.apply(TestProxy.OWNER, List.of(routes));
  }

  private static WireRoute http(WireAddress listener, WireBackend backend) {
    return new WireRoute(listener, WireRoute.HTTP, List.of(backend));
  }

  /** With the status that is the request's path. */
  private static void answerAsAsked(Socket socket) throws IOException {
    Scanner lines = new Scanner(socket.getInputStream(), ISO_8859_1);
    while (lines.hasNextLine()) {
      String status = lines.nextLine().substring(5, 8);
      while (!lines.nextLine().isEmpty()) {}
      String length = status.equals("204") ? "" : "Content-Length: 0\r\n";
      String answer = "HTTP/1.1 " + status + " X\r\n" + length + "\r\n";
      socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
    }
  }

  private static void ask(WireAddress route, String request, String status) throws IOException {
    try (Socket client = TestProxy.connect(route)) {
      client.getOutputStream().write(request.getBytes(ISO_8859_1));
      String start = new String(client.getInputStream().readNBytes(12), ISO_8859_1);
      assertThat(start).isEqualTo("HTTP/1.1 " + status);
    }
  }

  /** As they are scraped, when no request is under way any more. */
  private String figures(TestProxy proxy) throws Exception {
    await().until(() -> proxy.count("a") == 0);
    ProxyFiles files = ProxyFiles.in(folder);
    files.create();
    try (Predecessors older = new Predecessors(files, () -> {}, () -> false)) {
      WireAddress address = TestProxy.freeAddress();
      try (MetricsEndpoint _ = MetricsEndpoint.open(address, new Figures(proxy.steering, older));
          var in = URI.create("http://" + address + "/metrics").toURL().openStream()) {
        return new String(in.readAllBytes(), ISO_8859_1);
      }
    }
  }

  /** The one sample of a family that has all these labels. */
  private static long value(String text, String name, WireAddress route, String... labels) {
    List<String> lines =
        text.lines()
            .filter(line -> line.contains(name + "{route=\"" + route + "\""))
            .filter(line -> List.of(labels).stream().allMatch(line::contains))
            .toList();
    assertThat(lines).as("%s of %s", name, route).hasSize(1);
    return Long.parseLong(lines.getFirst().replaceAll(".* ", ""));
  }
}
