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
import java.util.function.LongSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Opens and closes connections in every way that there is. {@code
 * -Dgantry.traffic.connections=1000000} is the long form.
 */
class ChurnIT {
  private static final int CONNECTIONS = Integer.getInteger("gantry.traffic.connections", 20_000);

  /** As many as it takes until the compiler is nearly done with the proxy. */
  private static final int WARM_UP = Math.max(20_000, CONNECTIONS / 10);

  /**
   * What leaks, leaks in every round; the heap that grows by a step of 6 MB, or the code of a
   * method that becomes hot late, does so in one.
   */
  private static final int ROUNDS = 5;

  private static final int CLIENTS = 8;
  private static final double MORE_MEMORY = 1.02;
  private static final Duration SETTLED = Duration.ofMillis(500);
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
      WireRoute busy = new WireRoute(listener, kind, List.of(backend.active()));
      WireRoute idle = new WireRoute(listener, kind, List.of(backend.draining()));
      Figures before = churn(proxy, busy, idle, WARM_UP);
      List<Double> growths = new ArrayList<>();
      while (growths.isEmpty() || (growths.getLast() > MORE_MEMORY && growths.size() < ROUNDS)) {
        Figures after = churn(proxy, busy, idle, CONNECTIONS);
        System.out.printf("%s: %d connections, %s, then %s%n", kind, CONNECTIONS, before, after);
        assertThat(after.descriptors()).isLessThanOrEqualTo(before.descriptors());
        growths.add((double) after.residentKilobytes() / before.residentKilobytes());
        before = after;
      }
      assertThat(growths.getLast()).as("growths %s", growths).isLessThanOrEqualTo(MORE_MEMORY);
    }
  }

  /** What the proxy takes when no connection is open. */
  private record Figures(long descriptors, long residentKilobytes) {}

  /** The pause between busy and idle routes closes what an HTTP route keeps open to its backend. */
  private Figures churn(GantryProcess proxy, WireRoute busy, WireRoute idle, int connections)
      throws Exception {
    proxy.apply("shop", busy);
    churn(connections);
    proxy.apply("shop", idle);
    await().atMost(PATIENCE).until(() -> proxy.connections() == 0);
    return new Figures(
        settled(() -> ProcessFigures.descriptors(proxy.pid())),
        ProcessFigures.residentBytes(proxy.pid()) / 1024);
  }

  /** The command's own connection and the last clients' may still be about to close. */
  private static long settled(LongSupplier descriptors) {
    long[] least = {Long.MAX_VALUE};
    await()
        .during(SETTLED)
        .atMost(PATIENCE)
        .until(
            () -> {
              long now = descriptors.getAsLong();
              boolean same = now >= least[0];
              least[0] = Math.min(least[0], now);
              return same;
            });
    return least[0];
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
