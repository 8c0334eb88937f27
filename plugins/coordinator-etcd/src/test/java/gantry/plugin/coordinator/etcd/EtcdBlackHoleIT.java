package gantry.plugin.coordinator.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import gantry.api.Clock;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.coordination.Transaction;
import gantry.api.coordination.Write;
import gantry.testkit.server.EtcdServer;
import gantry.testkit.server.FreePorts;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** No call waits for ever, and a transaction that waited in vain for a connection is no riddle. */
final class EtcdBlackHoleIT {
  private static final Duration BOUND = EtcdCalls.DEADLINE.plusSeconds(2);
  private static final Transaction WRITE =
      new Transaction(List.of(), List.of(Write.put("/k", "1")));

  /** The first call of a process is slow on a busy machine, and not what is measured here. */
  @BeforeAll
  static void loadClasses() {
    try (EtcdCoordinator client = connect("http://127.0.0.1:" + FreePorts.next())) {
      failure(() -> client.get("/k"));
    }
  }

  @Test
  void whatNeverAnswersIsGivenUpAndNothingWasSent() {
    try (BlackHole hole = BlackHole.silent();
        EtcdCoordinator client = connect(hole.endpoint())) {
      assertThat(allCallsAtOnce(client))
          .allSatisfy(
              failure -> {
                assertThat(failure.code()).isEqualTo(ErrorCode.COORDINATOR_UNREACHABLE);
                assertThat(failure.text())
                    .startsWith("etcd at " + hole.endpoint() + " does not answer: ")
                    .containsAnyOf("no connection within 5000 ms", "connection was given up");
              });
    }
  }

  @Test
  void whatDropsPacketsIsGivenUpAndNothingWasSent() {
    try (BlackHole hole = BlackHole.full();
        EtcdCoordinator client = connect(hole.endpoint())) {
      assertThat(allCallsAtOnce(client))
          .allSatisfy(
              failure -> {
                assertThat(failure.code()).isEqualTo(ErrorCode.COORDINATOR_UNREACHABLE);
                assertThat(failure.text())
                    .containsAnyOf("connection timed out", "no connection", "was given up");
              });
    }
  }

  @Test
  void aTransactionThatWasSentIsUnknownAndOneAfterItIsNot() {
    try (EtcdServer etcd = EtcdServer.start();
        EtcdCoordinator client = connect(etcd.endpoint())) {
      client.commit(WRITE);
      etcd.pause();
      assertThat(failure(() -> client.commit(WRITE)).code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
      // A new connection, which etcd cannot take.
      assertThat(failure(() -> client.commit(WRITE)).code())
          .isEqualTo(ErrorCode.COORDINATOR_UNREACHABLE);
      etcd.resume();
    }
  }

  @Test
  void aReadGoesToAnotherMemberWhenOneNeverAnswers() {
    try (EtcdServer etcd = EtcdServer.start();
        BlackHole hole = BlackHole.silent();
        EtcdCoordinator client = connect(hole.endpoint() + "," + etcd.endpoint())) {
      for (int i = 0; i < 4; i++) {
        client.commit(WRITE);
        assertThat(client.get("/k")).isPresent();
      }
    }
  }

  @Test
  void closingDoesNotWaitForWhatNeverAnswers() {
    try (BlackHole hole = BlackHole.silent()) {
      EtcdCoordinator client = connect(hole.endpoint());
      client.watch("/k", () -> {});
      failure(() -> client.openSession(Duration.ofSeconds(10)));
      long start = System.nanoTime();
      client.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }
  }

  private static EtcdCoordinator connect(String endpoints) {
    return new EtcdCoordinator(EtcdAccess.open(endpoints), Clock.SYSTEM);
  }

  private static List<GantryException> allCallsAtOnce(EtcdCoordinator client) {
    List<CompletableFuture<GantryException>> failures =
        List.<ThrowingCallable>of(
                () -> client.get("/k"),
                () -> client.list("/"),
                () -> client.commit(WRITE),
                () -> client.openSession(Duration.ofSeconds(10)))
            .stream()
            .map(call -> CompletableFuture.supplyAsync(() -> failure(call), EtcdBlackHoleIT::run))
            .toList();
    return failures.stream().map(CompletableFuture::join).toList();
  }

  private static void run(Runnable task) {
    Thread.startVirtualThread(task);
  }

  private static GantryException failure(ThrowingCallable call) {
    long start = System.nanoTime();
    GantryException failure = catchThrowableOfType(GantryException.class, call);
    assertThat(failure).as("a failure").isNotNull();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
    return failure;
  }
}
