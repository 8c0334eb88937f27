package gantry.testkit.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.coordination.Coordinator;
import gantry.api.coordination.Session;
import gantry.api.coordination.Transaction;
import gantry.api.coordination.Write;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Sessions and the keys that end with them. */
public interface SessionContract extends CoordinatorFixture {
  @Test
  default void aLeasedKeyIsGoneAsSoonAsItsSessionIsClosed() {
    Session session = coordinator().openSession(shortTtl());
    put(key("stays"), "x");
    commit(List.of(), Write.put(key("a"), "1", session), Write.put(key("b"), "2", session));
    assertThat(coordinator().list(key("")).entries()).hasSize(3);
    session.close();
    assertThat(coordinator().list(key("")).entries())
        .extracting(entry -> entry.key())
        .containsExactly(key("stays"));
  }

  @Test
  default void sessionsHaveIdsOfTheirOwn() {
    try (Session one = coordinator().openSession(shortTtl());
        Session two = coordinator().openSession(shortTtl());
        Session three = connect().openSession(shortTtl())) {
      assertThat(List.of(one.id(), two.id(), three.id())).doesNotHaveDuplicates();
    }
  }

  @Test
  default void remainingIsNeverMoreThanTheTtl() {
    try (Session session = coordinator().openSession(shortTtl())) {
      assertThat(session.ttl()).isEqualTo(shortTtl());
      assertThat(session.remaining()).isPositive().isLessThanOrEqualTo(session.ttl());
    }
  }

  @Test
  default void aSessionOutlivesItsTtlWhileItsClientLives() {
    try (Session session = coordinator().openSession(shortTtl())) {
      commit(List.of(), Write.put(key("a"), "1", session));
      AtomicBoolean lost = new AtomicBoolean();
      session.onLost(() -> lost.set(true));
      // Another client's session that is not renewed shows how much time has passed.
      Coordinator other = connect();
      Session unrenewed = other.openSession(shortTtl().multipliedBy(2));
      die(other);
      await("two TTLs", shortTtl().multipliedBy(3), () -> unrenewed.remaining().isZero());
      assertThat(session.remaining()).isPositive();
      assertThat(coordinator().get(key("a"))).isPresent();
      assertThat(lost).isFalse();
    }
  }

  @Test
  default void theKeysOfADeadClientGoButNotBeforeItsSessionHasNothingRemaining() {
    Coordinator client = connect();
    Session session = client.openSession(shortTtl());
    client.commit(new Transaction(List.of(), List.of(Write.put(key("a"), "1", session))));
    die(client);
    await(
        "the end of a dead client's key",
        shortTtl().multipliedBy(2).plus(SOON),
        () -> {
          boolean held = !session.remaining().isZero();
          boolean gone = coordinator().get(key("a")).isEmpty();
          assertThat(gone && held && !session.remaining().isZero()).as("ended early").isFalse();
          return gone;
        });
  }

  @Test
  default void aClosedSessionHasNothingRemainingAndBindsNoKeys() {
    Session session = coordinator().openSession(shortTtl());
    session.close();
    session.close();
    assertThat(session.remaining()).isEqualTo(Duration.ZERO);
    assertThatThrownBy(() -> commit(List.of(), Write.put(key("a"), "1", session)))
        .isInstanceOfSatisfying(
            GantryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SESSION_LOST));
    assertThat(coordinator().get(key("a"))).isEmpty();
  }

  @Test
  default void aWriteBindsAKeyToTheNewSession() {
    Session first = coordinator().openSession(shortTtl());
    Session second = coordinator().openSession(shortTtl());
    commit(List.of(), Write.put(key("a"), "1", first));
    commit(List.of(), Write.put(key("a"), "2", second));
    first.close();
    assertThat(value(coordinator(), key("a"))).isEqualTo("2");
    second.close();
    assertThat(coordinator().get(key("a"))).isEmpty();
  }

  @Test
  default void aWriteWithoutSessionMakesALeasedKeyStay() {
    Session session = coordinator().openSession(shortTtl());
    commit(List.of(), Write.put(key("a"), "1", session));
    put(key("a"), "2");
    session.close();
    assertThat(value(coordinator(), key("a"))).isEqualTo("2");
  }

  @Test
  default void aWriteWithASessionBindsAKeyThatStayed() {
    put(key("a"), "1");
    Session session = coordinator().openSession(shortTtl());
    commit(List.of(), Write.put(key("a"), "2", session));
    session.close();
    assertThat(coordinator().get(key("a"))).isEmpty();
  }

  @Test
  default void aLeasedKeyThatWasDeletedAndWrittenByAnotherOutlivesTheSession() {
    Session session = coordinator().openSession(shortTtl());
    commit(List.of(), Write.put(key("a"), "1", session));
    delete(key("a"));
    put(key("a"), "2");
    session.close();
    assertThat(value(coordinator(), key("a"))).isEqualTo("2");
  }

  @Test
  default void closingACoordinatorClosesItsSessions() {
    Coordinator client = connect();
    Session session = client.openSession(Duration.ofMinutes(10));
    client.commit(new Transaction(List.of(), List.of(Write.put(key("a"), "1", session))));
    client.close();
    assertThat(coordinator().get(key("a"))).isEmpty();
    assertThat(session.remaining()).isEqualTo(Duration.ZERO);
  }
}
