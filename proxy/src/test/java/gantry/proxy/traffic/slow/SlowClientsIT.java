package gantry.proxy.traffic.slow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gantry.proxy.traffic.load.EndlessBackend;
import gantry.proxy.traffic.server.Contender;
import gantry.proxy.traffic.server.GantryContender;
import gantry.proxy.traffic.server.HaproxyContender;
import gantry.proxy.traffic.server.Lane;
import gantry.proxy.wire.HttpOptions;
import gantry.proxy.wire.RouteOptions;
import gantry.proxy.wire.WireAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Well-behaved clients beside slow ones. It prints what their requests took without and with the
 * attack. {@code -Dgantry.traffic.attackers=5000 -Dgantry.traffic.attackSeconds=60} is the long
 * form.
 */
class SlowClientsIT {
  private static final int ATTACKERS = Integer.getInteger("gantry.traffic.attackers", 300);
  private static final Duration TIME =
      Duration.ofSeconds(Integer.getInteger("gantry.traffic.attackSeconds", 6));
  private static final Duration HEAD_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int CALM_REQUESTS = 10_000;

  /** HAProxy beside it, in the long form. */
  private static final boolean COMPARED = ATTACKERS > 1_000;

  @TempDir Path folder;

  static List<Arguments> attacks() {
    List<Arguments> attacks = new ArrayList<>();
    for (Attack attack : Attack.values()) {
      attacks.add(Arguments.of(attack, "gantry"));
      if (COMPARED) {
        attacks.add(Arguments.of(attack, "haproxy"));
      }
    }
    return attacks;
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void wellBehavedClientsAreServed(Attack attack, String contender) throws Exception {
    try (EndlessBackend backend = new EndlessBackend();
        Contender proxy = start(contender, backend.port())) {
      backend.allowReading(Integer.MAX_VALUE);
      WireAddress target = proxy.listener(new Lane(0));
      visit(target); // until the compiler is done
      Visitors calm = visit(target);
      Visitors disturbed = new Visitors(target);
      String end = attack.run(target, ATTACKERS, TIME, folder);
      disturbed.sendAway();
      print(attack, contender, calm, disturbed);
      assertThat(calm.failures()).isEmpty();
      assertThat(disturbed.failures()).isEmpty();
      if (attack == Attack.SLOW_HEADERS && proxy instanceof GantryContender) {
        assertThat(end).contains("No open connections left");
      }
    }
  }

  private static Visitors visit(WireAddress target) throws InterruptedException {
    Visitors visitors = new Visitors(target);
    await().atMost(PATIENCE).until(() -> visitors.requests() > CALM_REQUESTS);
    visitors.sendAway();
    return visitors;
  }

  private static Contender start(String contender, int port) throws Exception {
    RouteOptions usual = RouteOptions.DEFAULT;
    HttpOptions http = new HttpOptions(HEAD_TIMEOUT, usual.http().keepAliveTimeout(), false);
    return contender.equals("haproxy")
        ? new HaproxyContender(1, port)
        : new GantryContender(
            1,
            port,
            new RouteOptions(
                usual.connectTimeout(), usual.idleTimeout(), 0, false, usual.hold(), http));
  }

  private static void print(Attack attack, String contender, Visitors calm, Visitors disturbed) {
    long before = calm.p99().toNanos() / 1000;
    long during = disturbed.p99().toNanos() / 1000;
    System.out.printf(
        "%s, %s: p99 %d µs without, %d µs with %d slow clients (%.2f times), %d and %d requests%n",
        attack,
        contender,
        before,
        during,
        ATTACKERS,
        (double) during / before,
        calm.requests(),
        disturbed.requests());
  }
}
