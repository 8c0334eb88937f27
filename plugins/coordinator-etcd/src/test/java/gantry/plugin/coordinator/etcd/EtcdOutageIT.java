package gantry.plugin.coordinator.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import gantry.api.Clock;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.coordination.Session;
import gantry.api.coordination.Transaction;
import gantry.api.coordination.Write;
import gantry.testkit.server.EtcdServer;
import gantry.testkit.server.FreePorts;
import io.etcd.jetcd.Client;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client says and does while etcd is dead, frozen, or has lost its data. */
final class EtcdOutageIT {
  /** The SPI's bound for every call, and some for a busy machine. */
  private static final Duration CALL_BOUND = Duration.ofSeconds(6);

  private static final Duration TTL = Duration.ofSeconds(2);

  private EtcdServer etcd = EtcdServer.start();
  private EtcdCoordinator client = connect(etcd.endpoint());

  @BeforeEach
  void touch() {
    put("/k", "0");
  }

  @AfterEach
  void close() {
    client.close();
    etcd.close();
  }

  private static EtcdCoordinator connect(String endpoint) {
    return new EtcdCoordinator(EtcdAccess.open(endpoint), Clock.SYSTEM);
  }

  private void put(String key, String value) {
    client.commit(new Transaction(List.of(), List.of(Write.put(key, value))));
  }

  private boolean holds(String value) {
    return client.get("/k").filter(entry -> entry.value().equals(value)).isPresent();
  }

  private static void await(String what, Duration atMost, BooleanSupplier condition) {
    Awaitility.await(what)
        .atMost(atMost)
        .pollInterval(Duration.ofMillis(20))
        .until(condition::getAsBoolean);
  }

  private static GantryException failure(ThrowingCallable call) {
    long start = System.nanoTime();
    GantryException failure = catchThrowableOfType(GantryException.class, call);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(CALL_BOUND);
    assertThat(failure).as("a failure").isNotNull();
    return failure;
  }

  @Test
  void aDeadEtcdIsToldAtOnceWithItsAddressAndWhatToDo() {
    etcd.kill();
    // The connection breaks first: until then a request may have been sent.
    await("refusal", CALL_BOUND, () -> failure(() -> client.get("/k")).text().contains("refused"));
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> client.get("/k"),
            () -> client.list("/"),
            () -> put("/k", "1"),
            () -> client.openSession(TTL))) {
      GantryException failure = failure(call);
      assertThat(failure.code()).isEqualTo(ErrorCode.COORDINATOR_UNREACHABLE);
      assertThat(failure)
          .hasMessage("etcd at " + etcd.endpoint() + " does not answer: connection refused");
      assertThat(failure.next().orElseThrow()).contains("check that etcd runs there");
    }
  }

  @Test
  void anEtcdThatNeverRanIsToldTheSameWay() {
    String nobody = "http://127.0.0.1:" + FreePorts.next();
    try (EtcdCoordinator other = connect(nobody)) {
      assertThat(failure(() -> other.get("/k")))
          .hasMessage("etcd at " + nobody + " does not answer: connection refused");
    }
  }

  @Test
  void aFrozenEtcdLeavesATransactionsOutcomeUnknown() {
    etcd.pause();
    assertThat(failure(() -> put("/k", "1")).code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    assertThat(failure(() -> client.get("/k")).code()).isEqualTo(ErrorCode.COORDINATOR_UNREACHABLE);
    etcd.resume();
    await("answers again", Duration.ofSeconds(20), () -> answers());
    put("/k", "2");
    assertThat(holds("2")).isTrue();
  }

  private boolean answers() {
    try {
      client.get("/k");
      return true;
    } catch (GantryException e) {
      return false;
    }
  }

  @Test
  void afterARestartTheSameClientAnswersAtOnce() {
    etcd.kill();
    await("refusal", CALL_BOUND, () -> !answers());
    failure(() -> client.get("/k"));
    long outage = System.nanoTime();
    await(
        "an outage long enough for gRPC to wait between its attempts",
        Duration.ofSeconds(10),
        () -> System.nanoTime() - outage > TimeUnit.SECONDS.toNanos(6));
    etcd.restart();
    assertThat(holds("0")).isTrue();
    put("/k", "1");
  }

  @Test
  void aWatchSurvivesARestart() {
    AtomicInteger wakes = new AtomicInteger();
    client.watch("/k", wakes::incrementAndGet);
    await("a first wake", CALL_BOUND, () -> wakes.get() > 0);
    etcd.kill();
    etcd.restart();
    try (EtcdCoordinator other = connect(etcd.endpoint())) {
      int before = wakes.get();
      other.commit(new Transaction(List.of(), List.of(Write.put("/k", "1"))));
      await("a wake", Duration.ofSeconds(10), () -> wakes.get() > before && holds("1"));
    }
  }

  @Test
  void aWatchSurvivesTheLossOfAllData() {
    for (int i = 1; i <= 20; i++) {
      put("/k", "old " + i); // the new store's revisions are lower than what the watch has seen
    }
    AtomicInteger wakes = new AtomicInteger();
    client.watch("/k", wakes::incrementAndGet);
    await("a first wake", CALL_BOUND, () -> wakes.get() > 0);
    etcd.restartEmpty();
    await("no key", Duration.ofSeconds(10), () -> answers() && client.get("/k").isEmpty());
    awaitSettledWatch(wakes);
  }

  @Test
  void aWatchSurvivesACompaction() throws Exception {
    AtomicInteger wakes = new AtomicInteger();
    client.watch("/k", wakes::incrementAndGet);
    await("a first wake", CALL_BOUND, () -> wakes.get() > 0);
    etcd.pause();
    etcd.kill();
    etcd.restart();
    await("answers again", CALL_BOUND, this::answers);
    put("/k", "1");
    try (Client admin = Client.builder().endpoints(etcd.endpoint()).build()) {
      long revision = client.list("/").revision();
      admin.getKVClient().compact(revision).get(5, TimeUnit.SECONDS);
    }
    awaitSettledWatch(wakes);
  }

  /** Writes until a wake follows a write; from then on each write must wake. */
  private void awaitSettledWatch(AtomicInteger wakes) {
    int before = wakes.get();
    await(
        "a wake",
        Duration.ofSeconds(10),
        () -> {
          put("/k", "again");
          return wakes.get() > before + 1;
        });
    int settled = wakes.get();
    put("/k", "last");
    await("one more wake", Duration.ofSeconds(5), () -> wakes.get() > settled);
  }

  @Test
  void aWatchNoticesAFrozenEtcdAndGoesOnAfterIt() {
    AtomicInteger wakes = new AtomicInteger();
    client.watch("/k", wakes::incrementAndGet);
    await("a first wake", CALL_BOUND, () -> wakes.get() > 0);
    int before = wakes.get();
    etcd.pause();
    await("the break", Duration.ofSeconds(25), () -> wakes.get() > before); // a ping each 10 s
    etcd.resume();
    await("answers again", Duration.ofSeconds(20), this::answers);
    awaitSettledWatch(wakes);
  }

  @Test
  void aSessionIsLostWhenAnOutageOutlastsItsTtl() {
    Session session = client.openSession(TTL);
    client.commit(new Transaction(List.of(), List.of(Write.put("/leased", "1", session))));
    AtomicInteger lost = new AtomicInteger();
    session.onLost(lost::incrementAndGet);
    etcd.pause();
    await("the loss", TTL.plusSeconds(1), () -> lost.get() == 1);
    assertThat(session.remaining()).isZero();
    etcd.resume();
    await("answers again", Duration.ofSeconds(20), this::answers);
    assertThat(session.remaining()).isZero();
    Transaction write = new Transaction(List.of(), List.of(Write.put("/leased", "2", session)));
    assertThat(failure(() -> client.commit(write)).code()).isEqualTo(ErrorCode.SESSION_LOST);
    await("the end of its key", TTL.plusSeconds(5), () -> client.get("/leased").isEmpty());
    AtomicInteger late = new AtomicInteger();
    session.onLost(late::incrementAndGet);
    await("a wake at once", CALL_BOUND, () -> late.get() == 1);
    assertThat(lost).hasValue(1);
  }

  @Test
  void aSessionSurvivesAnOutageShorterThanItsTtl() {
    Session session = client.openSession(Duration.ofSeconds(20));
    client.commit(new Transaction(List.of(), List.of(Write.put("/leased", "1", session))));
    etcd.kill();
    etcd.restart();
    Duration seen = session.remaining();
    await("a renewal", Duration.ofSeconds(15), () -> session.remaining().compareTo(seen) > 0);
    assertThat(client.get("/leased")).isPresent();
  }

  @Test
  void aSessionIsLostWithTheData() {
    Session session = client.openSession(Duration.ofSeconds(6));
    AtomicInteger lost = new AtomicInteger();
    session.onLost(lost::incrementAndGet);
    etcd.restartEmpty();
    await("the loss", Duration.ofSeconds(7), () -> lost.get() == 1);
    assertThat(session.remaining()).isZero();
  }

  @Test
  void closingWhileEtcdIsFrozenIsBounded() {
    client.openSession(TTL);
    client.openSession(TTL);
    etcd.pause();
    long start = System.nanoTime();
    client.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
  }
}
