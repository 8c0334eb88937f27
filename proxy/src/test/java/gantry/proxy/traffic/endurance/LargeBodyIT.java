package gantry.proxy.traffic.endurance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gantry.proxy.traffic.Kinds;
import gantry.proxy.traffic.load.EndlessBackend;
import gantry.proxy.traffic.load.Transfer;
import gantry.proxy.traffic.server.GantryProcess;
import gantry.proxy.traffic.server.ProcessFigures;
import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireRoute;
import gantry.testkit.server.FreePorts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One large body down, then one up, arrive in full and are not kept. {@code
 * -Dgantry.traffic.bodyMegabytes=10240} is the long form.
 */
class LargeBodyIT {
  private static final long BODY =
      ((long) Integer.getInteger("gantry.traffic.bodyMegabytes", 512)) << 20;
  private static final long WARM_UP = 64L << 20;
  private static final long MAX_MORE_MEMORY = 64L << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final WireAddress listener = WireAddress.of("127.0.0.1", FreePorts.next());

  static List<String> kinds() {
    return Kinds.carried();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void memoryStaysConstant(String kind) throws Exception {
    try (EndlessBackend backend = new EndlessBackend();
        GantryProcess proxy = GantryProcess.start()) {
      backend.allowReading(2);
      proxy.apply("shop", new WireRoute(listener, kind, List.of(backend.active())));
      down(WARM_UP);
      up(WARM_UP);
      long before = ProcessFigures.residentBytes(proxy.pid());
      down(BODY);
      long afterDown = ProcessFigures.residentBytes(proxy.pid());
      up(BODY);
      long afterUp = ProcessFigures.residentBytes(proxy.pid());
      System.out.printf(
          "%s: RSS %d KB, %d KB after %d MB down, %d KB after as much up%n",
          kind, before / 1024, afterDown / 1024, BODY >> 20, afterUp / 1024);
      assertThat(backend.received()).isEqualTo(WARM_UP + BODY);
      assertThat(Math.max(afterDown, afterUp) - before).isLessThan(MAX_MORE_MEMORY);
      await().atMost(PATIENCE).until(() -> proxy.connections() == 0);
    }
  }

  private void down(long bytes) throws Exception {
    try (Transfer transfer = Transfer.download(listener, bytes)) {
      assertThat(transfer.receive()).isEqualTo(bytes);
    }
  }

  private void up(long bytes) throws Exception {
    try (Transfer transfer = Transfer.upload(listener, bytes)) {
      transfer.send(bytes);
      assertThat(transfer.receive()).isZero();
    }
  }
}
