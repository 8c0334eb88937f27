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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Opens and closes connections in every way that there is. {@code
 * -Dgantry.traffic.connections=1000000} is the long form.
 */
class ChurnIT {
  private static final int CONNECTIONS = Integer.getInteger("gantry.traffic.connections", 20_000);

  /** As many as it takes until the compiler is done with the proxy. */
  private static final int WARM_UP = Math.max(20_000, CONNECTIONS / 10);

  private static final int CLIENTS = 8;
  private static final double MORE_MEMORY = 1.05;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final WireAddress listener = WireAddress.of("127.0.0.1", FreePorts.next());

  static List<String> kinds() {
    return Kinds.carried();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void nothingIsLeft(String kind) throws Exception {
    try (NamedBackend backend = new NamedBackend("a");
        GantryProcess proxy = GantryProcess.start()) {
      proxy.apply("shop", new WireRoute(listener, kind, List.of(backend.active())));
      churn(WARM_UP);
      settle(proxy);
      long descriptors = ProcessFigures.descriptors(proxy.pid());
      long memory = ProcessFigures.residentBytes(proxy.pid());
      churn(CONNECTIONS);
      settle(proxy);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(ProcessFigures.descriptors(proxy.pid()))
                      .isLessThanOrEqualTo(descriptors));
      long after = ProcessFigures.residentBytes(proxy.pid());
      System.out.printf(
          "%s: %d connections, %d descriptors before and %d after, RSS %d KB before and %d KB after%n",
          kind,
          CONNECTIONS,
          descriptors,
          ProcessFigures.descriptors(proxy.pid()),
          memory / 1024,
          after / 1024);
      assertThat((double) after).isLessThan(memory * MORE_MEMORY);
    }
  }

  private static void settle(GantryProcess proxy) {
    await().atMost(PATIENCE).until(() -> proxy.connections() == 0);
  }

  private void churn(int connections) throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(
            pool.submit(
                () -> {
                  for (int n = 0; n < connections / CLIENTS; n++) {
                    one(n);
                  }
                  return null;
                }));
      }
      for (Future<?> client : clients) {
        client.get();
      }
    }
  }

  private void one(int n) throws IOException {
    try (HttpConnection connection = new HttpConnection(listener)) {
      switch (n % 4) {
        case 0 -> assertThat(connection.get("/")).isEqualTo("a");
        case 1 -> {
          assertThat(connection.get("/")).isEqualTo("a");
          connection.resetOnClose();
        }
        case 2 -> connection.finish();
        default -> connection.resetOnClose(); // without a word
      }
    }
  }
}
