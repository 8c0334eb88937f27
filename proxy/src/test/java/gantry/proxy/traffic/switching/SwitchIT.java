package gantry.proxy.traffic.switching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gantry.proxy.traffic.Kinds;
import gantry.proxy.traffic.load.NamedBackend;
import gantry.proxy.traffic.server.GantryProcess;
import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireBackend;
import gantry.proxy.wire.WireRoute;
import gantry.testkit.server.FreePorts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Switches as fast as the proxy acknowledges them. {@code -Dgantry.traffic.switches=1000} is the
 * long form.
 */
class SwitchIT {
  private static final int SWITCHES = Integer.getInteger("gantry.traffic.switches", 100);
  private static final int CLIENTS_OF_EACH_SORT = 4;
  private static final int JUDGED_PER_SWITCH = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final WireAddress listener = WireAddress.of("127.0.0.1", FreePorts.next());
  private final Score score = new Score();
  private final AtomicBoolean over = new AtomicBoolean();

  static List<String> kinds() {
    return Kinds.carried();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void noRequestFailsOrIsMisrouted(String kind) throws Exception {
    try (NamedBackend a = new NamedBackend("a");
        NamedBackend b = new NamedBackend("b");
        GantryProcess proxy = GantryProcess.start()) {
      proxy.apply("shop", route(kind, a.active(), b.draining()));
      List<Thread> clients = startClients(kind);
      for (int i = 0; i < SWITCHES; i++) {
        boolean toB = Score.right(score.switchBegins()).equals("b");
        WireBackend from = toB ? a.draining() : a.active();
        proxy.apply("shop", route(kind, from, toB ? b.active() : b.draining()));
        score.switchAcknowledged();
        letClientsWork();
      }
      over.set(true);
      for (Thread client : clients) {
        client.join();
      }
      System.out.printf(
          "%s: %d switches, %d requests, %d of them judged, mistakes %s%n",
          kind, SWITCHES, score.answered(), score.judged(), score.mistakes());
      assertThat(score.mistakes()).isEmpty();
      await().atMost(PATIENCE).until(() -> proxy.connections() == 0);
    }
  }

  private WireRoute route(String kind, WireBackend... backends) {
    return new WireRoute(listener, kind, List.of(backends));
  }

  private List<Thread> startClients(String kind) {
    SwitchClient kept = kind.equals("http") ? SwitchClient.KEEP_ALIVE : SwitchClient.STAYING;
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS_OF_EACH_SORT; i++) {
      for (SwitchClient client : List.of(SwitchClient.NEW_CONNECTIONS, kept)) {
        clients.add(Thread.ofPlatform().start(() -> client.run(listener, score, over::get)));
      }
    }
    return clients;
  }

  /** Switches without requests between them would prove nothing. */
  private void letClientsWork() {
    long enough = score.judged() + JUDGED_PER_SWITCH;
    await()
        .pollInterval(Duration.ofMillis(2))
        .atMost(PATIENCE)
        .until(() -> score.judged() >= enough || !score.mistakes().isEmpty());
  }
}
