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
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** 100 bodies of 1 GB each, and on the far side nobody reads. */
class StalledIT {
  private static final int TRANSFERS = 100;
  private static final long BODY = 1L << 30;
  private static final long MAX_MORE_MEMORY = 64L << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(50);
  private static final Duration STANDSTILL = Duration.ofSeconds(2);

  private final WireAddress listener = WireAddress.of("127.0.0.1", FreePorts.next());
  private final List<Transfer> transfers = new ArrayList<>();
  private final EndlessBackend backend = new EndlessBackend();
  private final GantryProcess proxy = GantryProcess.start();

  StalledIT() throws IOException {}

  static List<String> kinds() {
    return Kinds.carried();
  }

  @AfterEach
  void end() throws IOException {
    for (Transfer transfer : transfers) {
      transfer.close();
    }
    backend.close();
    proxy.close();
  }

  /** Idle: a route, and one request that went through it. */
  private long idleBytes(String kind) throws Exception {
    proxy.apply("shop", new WireRoute(listener, kind, List.of(backend.active())));
    try (Transfer one = Transfer.download(listener, 1)) {
      assertThat(one.receive()).isOne();
    }
    await().atMost(PATIENCE).until(() -> proxy.connections() == 0);
    return ProcessFigures.residentBytes(proxy.pid());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void downloadsCostLittleMemory(String kind) throws Exception {
    long idle = idleBytes(kind);
    for (int i = 0; i < TRANSFERS; i++) {
      transfers.add(Transfer.download(listener, BODY));
    }
    awaitStandstill(backend::sent);
    assertLittleMore(kind + ", downloads", idle);
    assertThat(proxy.connections()).isEqualTo(TRANSFERS);
    assertThat(transfers.getFirst().receive()).isEqualTo(BODY);
    assertLittleMore(kind + ", downloads, one read to its end", idle);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void uploadsCostLittleMemory(String kind) throws Exception {
    long idle = idleBytes(kind);
    AtomicInteger done = new AtomicInteger();
    for (int i = 0; i < TRANSFERS; i++) {
      Transfer transfer = Transfer.upload(listener, BODY);
      transfers.add(transfer);
      Thread.ofVirtual().start(() -> sendAll(transfer, done));
    }
    awaitStandstill(() -> transfers.stream().mapToLong(Transfer::sent).sum());
    assertLittleMore(kind + ", uploads", idle);
    assertThat(done).hasValue(0);
    backend.allowReading(1);
    await().atMost(PATIENCE).until(() -> done.get() == 1 && backend.received() == BODY);
    assertLittleMore(kind + ", uploads, one sent to its end", idle);
  }

  private static void sendAll(Transfer transfer, AtomicInteger done) {
    try {
      transfer.send(BODY);
      done.incrementAndGet();
    } catch (IOException ended) {
      // The test is over.
    }
  }

  private static void awaitStandstill(LongSupplier bytes) {
    await()
        .atMost(PATIENCE)
        .until(bytes::getAsLong, moved -> moved > 0 && standsStill(bytes, moved));
  }

  private static boolean standsStill(LongSupplier bytes, long moved) {
    try {
      await().atMost(STANDSTILL).until(() -> bytes.getAsLong() > moved);
      return false;
    } catch (org.awaitility.core.ConditionTimeoutException stands) {
      return true;
    }
  }

  private void assertLittleMore(String what, long idle) {
    long now = ProcessFigures.residentBytes(proxy.pid());
    System.out.printf(
        "%s: RSS %d KB idle, %d KB with %d stalled (%+d KB)%n",
        what, idle / 1024, now / 1024, TRANSFERS, (now - idle) / 1024);
    assertThat(now - idle).as(what).isLessThan(MAX_MORE_MEMORY);
  }
}
