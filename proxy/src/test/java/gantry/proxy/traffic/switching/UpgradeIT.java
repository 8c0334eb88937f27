package gantry.proxy.traffic.switching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gantry.proxy.traffic.load.HttpConnection;
import gantry.proxy.traffic.load.NamedBackend;
import gantry.proxy.traffic.server.GantryProcess;
import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireRoute;
import gantry.proxy.wire.WireStatus;
import gantry.testkit.server.FreePorts;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One process follows another, by a handover and after a kill, while clients of both kinds of
 * routes go on asking. {@code -Dgantry.traffic.upgrades=20} is the long form.
 */
class UpgradeIT {
  private static final int UPGRADES = Integer.getInteger("gantry.traffic.upgrades", 4);
  private static final int CLIENTS_OF_EACH_SORT = 2;
  private static final int REQUESTS_BETWEEN = 300;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final WireAddress tcp = WireAddress.of("127.0.0.1", FreePorts.next());
  private final WireAddress http = WireAddress.of("127.0.0.1", FreePorts.next());
  private final Score score = new Score();
  private final AtomicBoolean over = new AtomicBoolean();
  private final NamedBackend backend = new NamedBackend("a");
  private final GantryProcess proxy = GantryProcess.start();

  UpgradeIT() throws IOException {}

  @BeforeEach
  void routes() throws Exception {
    proxy.apply(
        "shop",
        new WireRoute(tcp, WireRoute.TCP, List.of(backend.active())),
        new WireRoute(http, WireRoute.HTTP, List.of(backend.active())));
  }

  @AfterEach
  void end() throws IOException {
    proxy.close();
    backend.close();
  }

  @Test
  void noRequestFailsAndLongConnectionsGoOn() throws Exception {
    List<Thread> clients = startClients();
    List<HttpConnection> held = new ArrayList<>();
    for (int i = 0; i < UPGRADES; i++) {
      held.add(new HttpConnection(tcp));
      assertThat(held.getLast().get("/held")).isEqualTo("a");
      letClientsWork();
      proxy.upgrade();
      letClientsWork();
      for (HttpConnection connection : held) {
        assertThat(connection.get("/held")).isEqualTo("a");
      }
      assertThat(proxy.connections()).isGreaterThanOrEqualTo(held.size());
    }
    over.set(true);
    for (Thread client : clients) {
      client.join();
    }
    System.out.printf(
        "%d upgrades, %d requests, mistakes %s%n", UPGRADES, score.answered(), score.mistakes());
    assertThat(score.mistakes()).isEmpty();
    assertThat(proxy.status().older())
        .hasSize(UPGRADES)
        .extracting(WireStatus.Older::connections)
        .containsOnly(1L);
    held.forEach(HttpConnection::close);
    await().atMost(PATIENCE).until(() -> proxy.status().older().isEmpty());
    await().atMost(PATIENCE).until(() -> proxy.connections() == 0);
  }

  @Test
  void aKilledProxyIsBackWithItsRoutes() throws Exception {
    assertThat(HttpConnection.getOnce(http, "/")).isEqualTo("a");
    proxy.kill();
    long start = System.nanoTime();
    proxy.restart();
    assertThat(HttpConnection.getOnce(tcp, "/")).isEqualTo("a");
    assertThat(HttpConnection.getOnce(http, "/")).isEqualTo("a");
    Duration away = Duration.ofNanos(System.nanoTime() - start);
    System.out.printf("back after %d ms%n", away.toMillis());
  }

  private List<Thread> startClients() {
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS_OF_EACH_SORT; i++) {
      clients.add(start(SwitchClient.NEW_CONNECTIONS, tcp));
      clients.add(start(SwitchClient.STAYING, tcp));
      clients.add(start(SwitchClient.NEW_CONNECTIONS, http));
      clients.add(start(SwitchClient.KEEP_ALIVE, http));
    }
    return clients;
  }

  private Thread start(SwitchClient client, WireAddress listener) {
    return Thread.ofPlatform().start(() -> client.run(listener, score, over::get));
  }

  private void letClientsWork() {
    long enough = score.answered() + REQUESTS_BETWEEN;
    await().atMost(PATIENCE).until(() -> score.answered() >= enough || !score.mistakes().isEmpty());
  }
}
