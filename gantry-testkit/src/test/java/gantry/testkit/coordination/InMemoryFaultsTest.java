package gantry.testkit.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.coordination.Session;
import gantry.api.coordination.Transaction;
import gantry.api.coordination.Write;
import gantry.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The faults that the twin can be told to have. */
final class InMemoryFaultsTest {
  private static final Duration TTL = Duration.ofSeconds(5);

  private final ManualClock clock = new ManualClock();
  private final InMemoryStore store = new InMemoryStore(clock);
  private final InMemoryCoordinator a = store.connect("a");
  private final InMemoryCoordinator b = store.connect("b");
  private final AtomicInteger wakes = new AtomicInteger();

  private static Transaction put(String value) {
    return new Transaction(List.of(), List.of(Write.put("/k", value)));
  }

  private static void assertCode(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(GantryException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void aPartitionedClientReachesNothingAndHearsNothing() {
    a.watch("/", wakes::incrementAndGet);
    a.setPartitioned(true);
    assertCode(ErrorCode.COORDINATOR_UNREACHABLE, () -> a.commit(put("1")));
    assertCode(ErrorCode.COORDINATOR_UNREACHABLE, () -> a.get("/k"));
    b.commit(put("2"));
    assertThat(wakes).hasValue(0);
    a.setPartitioned(false);
    assertThat(wakes).hasValue(1);
    assertThat(a.get("/k").orElseThrow().value()).isEqualTo("2");
  }

  @Test
  void aPartitionThatOutlastsTheTtlLosesTheSession() {
    Session session = a.openSession(TTL);
    a.commit(new Transaction(List.of(), List.of(Write.put("/k", "1", session))));
    session.onLost(wakes::incrementAndGet);
    a.setPartitioned(true);
    clock.advance(TTL.minusMillis(1));
    assertThat(session.remaining()).isEqualTo(Duration.ofMillis(1));
    assertThat(b.get("/k")).isPresent();
    clock.advance(Duration.ofMillis(1));
    assertThat(session.remaining()).isZero();
    assertThat(b.get("/k")).isEmpty();
    assertThat(wakes).hasValue(1);
    a.setPartitioned(false);
    clock.advance(TTL);
    assertThat(session.remaining()).isZero();
    assertThat(wakes).hasValue(1);
  }

  @Test
  void aShorterPartitionKeepsTheSession() {
    Session session = a.openSession(TTL);
    a.setPartitioned(true);
    clock.advance(TTL.minusMillis(1));
    a.setPartitioned(false);
    assertThat(session.remaining()).isEqualTo(TTL);
  }

  @Test
  void aLateStoreKeepsKeysOfALostSession() {
    store.setExpiryDelay(Duration.ofSeconds(2));
    Session session = a.openSession(TTL);
    a.commit(new Transaction(List.of(), List.of(Write.put("/k", "1", session))));
    a.die();
    clock.advance(TTL);
    assertThat(session.remaining()).isZero();
    assertThat(b.get("/k")).isPresent();
    clock.advance(Duration.ofSeconds(2));
    assertThat(b.get("/k")).isEmpty();
  }

  @Test
  void aLostAnswerHidesThatTheTransactionHappened() {
    a.loseNextAnswer();
    assertCode(ErrorCode.OUTCOME_UNKNOWN, () -> a.commit(put("1")));
    assertThat(a.get("/k").orElseThrow().value()).isEqualTo("1");
    assertThat(a.commit(put("2")).committed()).isTrue();
  }

  @Test
  void aLostRequestHidesThatTheTransactionDidNotHappen() {
    a.loseNextRequest();
    assertCode(ErrorCode.OUTCOME_UNKNOWN, () -> a.commit(put("1")));
    assertThat(a.get("/k")).isEmpty();
  }

  @Test
  void eventsAreLostOrDoubledOnDemand() {
    a.watch("/", wakes::incrementAndGet);
    a.setEventCopies(0);
    b.commit(put("1"));
    assertThat(wakes).hasValue(0);
    a.setEventCopies(2);
    b.commit(put("2"));
    assertThat(wakes).hasValue(2);
  }

  @Test
  void anExpiredSessionIsFoundLostAndItsKeysAreGone() {
    Session session = a.openSession(TTL);
    a.commit(new Transaction(List.of(), List.of(Write.put("/k", "1", session))));
    session.onLost(wakes::incrementAndGet);
    a.expire(session);
    assertThat(session.remaining()).isZero();
    assertThat(b.get("/k")).isEmpty();
    assertThat(wakes).hasValue(1);
    session.onLost(wakes::incrementAndGet);
    assertThat(wakes).hasValue(2);
    assertCode(
        ErrorCode.SESSION_LOST,
        () -> a.commit(new Transaction(List.of(), List.of(Write.put("/k", "1", session)))));
  }

  @Test
  void wakesGoThroughTheExecutor() {
    Queue<Runnable> queue = new ArrayDeque<>();
    store.connect("c", queue::add).watch("/", wakes::incrementAndGet);
    b.commit(put("1"));
    assertThat(wakes).hasValue(0);
    queue.remove().run();
    assertThat(wakes).hasValue(1);
  }
}
