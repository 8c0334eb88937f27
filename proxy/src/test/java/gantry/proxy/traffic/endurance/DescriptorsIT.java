package gantry.proxy.traffic.endurance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gantry.proxy.traffic.Kinds;
import gantry.proxy.traffic.load.HttpConnection;
import gantry.proxy.traffic.load.NamedBackend;
import gantry.proxy.traffic.server.GantryProcess;
import gantry.proxy.traffic.server.ProcessFigures;
import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireRoute;
import gantry.testkit.server.FreePorts;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A proxy that may open 256 descriptors gets 400 connections. */
class DescriptorsIT {
  private static final int DESCRIPTORS = 256;
  private static final int CONNECTIONS = 400;
  private static final int FIRST = 20;
  private static final int ROUNDS = 50;
  private static final int MAX_LINES = 50;
  private static final String PAUSE = " pauses: ";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final WireAddress listener = WireAddress.of("127.0.0.1", FreePorts.next());

  static List<String> kinds() {
    return Kinds.carried();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void acceptingPausesAndRecovers(String kind) throws Exception {
    List<HttpConnection> held = new ArrayList<>();
    try (NamedBackend backend = new NamedBackend("a");
        GantryProcess proxy = GantryProcess.withDescriptors(DESCRIPTORS)) {
      proxy.apply("shop", new WireRoute(listener, kind, List.of(backend.active())));
      for (int i = 0; i < FIRST; i++) {
        held.add(connected());
      }
      long before = ProcessFigures.descriptors(proxy.pid());
      while (held.size() < CONNECTIONS) {
        held.add(new HttpConnection(listener));
      }
      await().atMost(PATIENCE).until(() -> proxy.log().contains(PAUSE));
      theFirstGoOn(held);
      held.subList(FIRST, CONNECTIONS).forEach(HttpConnection::close);
      await().atMost(PATIENCE).ignoreExceptions().until(this::isServed);
      theFirstGoOn(held);
      held.forEach(HttpConnection::close);
      await().atMost(PATIENCE).until(() -> ProcessFigures.descriptors(proxy.pid()) < before);
      assertThat(proxy.connections()).isZero();
      assertThat(complaints(proxy)).hasSizeLessThan(MAX_LINES).allMatch(DescriptorsIT::isClear);
    } finally {
      held.forEach(HttpConnection::close);
    }
  }

  private HttpConnection connected() throws IOException {
    HttpConnection connection = new HttpConnection(listener);
    connection.get("/");
    return connection;
  }

  private static void theFirstGoOn(List<HttpConnection> held) throws IOException {
    for (int i = 0; i < ROUNDS; i++) {
      for (HttpConnection connection : held.subList(0, FIRST)) {
        assertThat(connection.get("/")).isEqualTo("a");
      }
    }
  }

  private boolean isServed() throws IOException {
    return HttpConnection.getOnce(listener, "/").equals("a");
  }

  private static List<String> complaints(GantryProcess proxy) throws IOException {
    return proxy.log().lines().filter(line -> line.contains(PAUSE)).toList();
  }

  /** Names the listener and the reason. */
  private static boolean isClear(String line) {
    return line.contains("127.0.0.1:") && line.contains("Too many open files");
  }
}
