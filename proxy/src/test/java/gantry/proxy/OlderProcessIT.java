package gantry.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gantry.proxy.client.ProxyClient;
import gantry.proxy.traffic.load.HttpConnection;
import gantry.proxy.traffic.load.NamedBackend;
import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireBackendStatus;
import gantry.proxy.wire.WireRoute;
import gantry.proxy.wire.WireStatus;
import gantry.testkit.server.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told while a process that has handed over still has a connection. */
class OlderProcessIT {
  private static final Duration TIMEOUT = ProxyPrograms.TIMEOUT;
  private static final String HELD = "gantry_proxy_older_connections 1";

  @TempDir Path folder;

  private final ProxyPrograms programs = new ProxyPrograms();
  private final NamedBackend backend = new NamedBackend("a");
  private final WireAddress tcp = WireAddress.of("127.0.0.1", FreePorts.next());
  private final WireAddress http = WireAddress.of("127.0.0.1", FreePorts.next());
  private final WireAddress metrics = WireAddress.of("127.0.0.1", FreePorts.next());
  private ProxyClient client;

  OlderProcessIT() throws IOException {}

  @BeforeEach
  void start() throws Exception {
    client = new ProxyClient(folder);
    ProxyPrograms.awaitAnswerOf(client, launch());
    client.apply(
        "o",
        List.of(
            new WireRoute(tcp, WireRoute.TCP, List.of(backend.active())),
            new WireRoute(http, WireRoute.HTTP, List.of(backend.active()))),
        TIMEOUT);
  }

  @AfterEach
  void end() throws IOException {
    programs.close();
    backend.close();
  }

  @Test
  void itsConnectionIsInTheCountsUntilItEnds() throws Exception {
    long old = client.status(TIMEOUT).pid();
    try (HttpConnection held = new HttpConnection(tcp)) {
      held.get("/");
      assertThat(figures()).contains(sample("", tcp, 1), sample("_total", tcp, 1));
      ProxyPrograms.awaitAnswerOf(client, launch("--upgrade"));
      HttpConnection.getOnce(http, "/");
      held.get("/");
      await().atMost(TIMEOUT).until(() -> figures().contains(sample("_total", http, 1)));
      assertThat(figures())
          .contains("gantry_proxy_older_processes 1", HELD, sample("", tcp, 0))
          .contains(sample("_total", tcp, 0));
      assertThat(client.status(TIMEOUT).older()).containsExactly(new WireStatus.Older(old, 1));
      assertThat(client.status(TIMEOUT).backends())
          .extracting(WireBackendStatus::connections)
          .containsExactly(1L);
    }
    await().atMost(TIMEOUT).until(() -> !figures().contains(HELD));
    await().atMost(TIMEOUT).until(() -> client.status(TIMEOUT).older().isEmpty());
    assertThat(figures())
        .contains("gantry_proxy_older_processes 0", "gantry_proxy_older_connections 0");
  }

  private Process launch(String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--state-dir", folder.toString()));
    arguments.addAll(List.of("--metrics", metrics.toString()));
    arguments.addAll(List.of(more));
    return programs.start(arguments.toArray(String[]::new));
  }

  private static String sample(String kind, WireAddress route, long value) {
    String labels = "{route=\"%s\",owner=\"o\",backend=\"a\"} %d".formatted(route, value);
    return "gantry_proxy_connections" + kind + labels;
  }

  private List<String> figures() throws IOException {
    try (var in = URI.create("http://" + metrics + "/metrics").toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
