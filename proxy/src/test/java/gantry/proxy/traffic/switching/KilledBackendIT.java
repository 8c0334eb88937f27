package gantry.proxy.traffic.switching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gantry.proxy.traffic.Kinds;
import gantry.proxy.traffic.load.HttpConnection;
import gantry.proxy.traffic.load.NamedBackend;
import gantry.proxy.traffic.server.GantryProcess;
import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireRoute;
import gantry.testkit.server.FreePorts;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One of two active backends dies under load: requests that start afterwards all succeed. */
class KilledBackendIT {
  private static final int CLIENTS = 8;
  private static final int REQUESTS_BEFORE = 500;
  private static final int REQUESTS_AFTER = 2_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final WireAddress listener = WireAddress.of("127.0.0.1", FreePorts.next());
  private final AtomicBoolean dead = new AtomicBoolean();
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicLong failedBefore = new AtomicLong();
  private final AtomicLong answeredAfter = new AtomicLong();
  private final Map<String, Integer> mistakes = new ConcurrentHashMap<>();

  static List<String> kinds() {
    return Kinds.carried();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void onlyRequestsThatHadReachedItFail(String kind) throws Exception {
    try (NamedBackend a = new NamedBackend("a");
        NamedBackend b = new NamedBackend("b");
        GantryProcess proxy = GantryProcess.start()) {
      proxy.apply("shop", new WireRoute(listener, kind, List.of(a.active(), b.active())));
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(Thread.ofPlatform().start(this::work));
      }
      await().atMost(PATIENCE).until(() -> a.requests() > REQUESTS_BEFORE);
      a.kill();
      dead.set(true);
      await().atMost(PATIENCE).until(() -> answeredAfter.get() > REQUESTS_AFTER);
      over.set(true);
      for (Thread client : clients) {
        client.join();
      }
      System.out.printf(
          "%s: %d requests failed with the backend, %d answered afterwards%n",
          kind, failedBefore.get(), answeredAfter.get());
      assertThat(mistakes).isEmpty();
      assertThat(failedBefore.get()).isLessThanOrEqualTo(CLIENTS);
      await().atMost(PATIENCE).until(() -> proxy.connections() == 0);
    }
  }

  private void work() {
    while (!over.get()) {
      boolean after = dead.get();
      try {
        String name = HttpConnection.getOnce(listener, "/");
        answered(after, name);
      } catch (IOException e) {
        failed(after, e);
      }
    }
  }

  private void answered(boolean after, String name) {
    if (after) {
      answeredAfter.incrementAndGet();
      if (!name.equals("b")) {
        mistakes.merge("answered by " + name, 1, Integer::sum);
      }
    }
  }

  private void failed(boolean after, IOException e) {
    if (after) {
      mistakes.merge(e.toString(), 1, Integer::sum);
    } else {
      failedBefore.incrementAndGet();
    }
  }
}
