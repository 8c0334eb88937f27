package gantry.testkit.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.Subscription;
import gantry.api.coordination.Coordinator;
import gantry.api.coordination.Session;
import gantry.api.coordination.Transaction;
import gantry.api.coordination.Write;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Watches. They may wake too often, so the tests ask only that they wake, and what is seen then.
 */
public interface WatchContract extends CoordinatorFixture {
  @Test
  default void aWriteOfAnotherClientWakes() {
    wakesWhen(key("a"), () -> {}, () -> put(key("a"), "1"), "1");
  }

  @Test
  default void aRewriteWakes() {
    wakesWhen(key("a"), () -> put(key("a"), "1"), () -> put(key("a"), "2"), "2");
  }

  @Test
  default void aDeleteWakes() {
    wakesWhen(key("a"), () -> put(key("a"), "1"), () -> delete(key("a")), "");
  }

  @Test
  default void theCloseOfASessionWakes() {
    Session session = coordinator().openSession(shortTtl());
    wakesWhen(
        key("a"), () -> commit(List.of(), Write.put(key("a"), "1", session)), session::close, "");
  }

  @Test
  default void theEndOfADeadClientsSessionWakes() {
    Coordinator client = connect();
    Session session = client.openSession(shortTtl());
    Write write = Write.put(key("a"), "1", session);
    wakesWhen(
        key("a"),
        () -> client.commit(new Transaction(List.of(), List.of(write))),
        () -> die(client),
        "");
  }

  @Test
  default void aClientsOwnWriteWakesItsWatch() {
    AtomicInteger wakes = new AtomicInteger();
    try (Subscription watch = coordinator().watch(key(""), wakes::incrementAndGet)) {
      settle(key("settle"), wakes);
      int before = wakes.get();
      put(key("a"), "1");
      await("a wake", SOON, () -> wakes.get() > before);
      assertThat(watch).isNotNull();
    }
  }

  @Test
  default void whoeverReadsAfterEachWakeSeesTheLastWrite() {
    Coordinator reader = connect();
    AtomicInteger wakes = new AtomicInteger();
    String seen = "";
    try (Subscription watch = reader.watch(key(""), wakes::incrementAndGet)) {
      int read = 0;
      for (int i = 0; i < 50; i++) {
        put(key("a"), "value " + i);
      }
      while (!seen.equals("value 49")) {
        int last = read;
        await("one more wake after '" + seen + "'", SOON, () -> wakes.get() > last);
        read = wakes.get();
        seen = value(reader, key("a"));
      }
      assertThat(watch).isNotNull();
    }
  }

  @Test
  default void whatChangedBetweenReadingAndWatchingIsTold() {
    put(key("p/a"), "1");
    long read = coordinator().list(key("p/")).revision();
    long written = put(key("p/a"), "2");
    assertThat(firstHint(key("p/"), read)).isGreaterThanOrEqualTo(written);

    read = coordinator().list(key("p/")).revision();
    long deleted = delete(key("p/a"));
    assertThat(firstHint(key("p/"), read)).isGreaterThanOrEqualTo(deleted);
  }

  private long firstHint(String prefix, long after) {
    AtomicLong hint = new AtomicLong();
    try (Subscription watch = connect().watch(prefix, after, hint::set)) {
      await("a hint of what came after revision " + after, SOON, () -> hint.get() > 0);
      assertThat(watch).isNotNull();
    }
    return hint.get();
  }

  @Test
  default void aHintIsNotOlderThanItsChange() {
    long read = coordinator().list(key("")).revision();
    AtomicLong newest = new AtomicLong();
    try (Subscription watch =
        connect().watch(key(""), read, hint -> newest.accumulateAndGet(hint, Math::max))) {
      for (int i = 0; i < 20; i++) {
        long written = put(key("a"), "value " + i);
        await("a hint of revision " + written, SOON, () -> newest.get() >= written);
      }
      assertThat(watch).isNotNull();
    }
  }

  @Test
  default void aClosedWatchIsSilent() {
    AtomicInteger closed = new AtomicInteger();
    AtomicInteger open = new AtomicInteger();
    Coordinator reader = connect();
    Subscription subscription = reader.watch(key(""), closed::incrementAndGet);
    try (Subscription other = reader.watch(key(""), open::incrementAndGet)) {
      settle(key("settle"), open);
      subscription.close();
      subscription.close();
      putAndAwait(open, "1"); // flushes what was under way
      int before = closed.get();
      putAndAwait(open, "2");
      assertThat(closed).hasValue(before);
      assertThat(other).isNotNull();
    }
  }

  private void putAndAwait(AtomicInteger wakes, String value) {
    int before = wakes.get();
    put(key("a"), value);
    await("a wake", SOON, () -> wakes.get() > before);
  }

  private void wakesWhen(String key, Runnable before, Runnable change, String expected) {
    Coordinator reader = connect();
    before.run();
    AtomicInteger wakes = new AtomicInteger();
    try (Subscription watch = reader.watch(key, wakes::incrementAndGet)) {
      settle(key + "-settle", wakes);
      AtomicInteger read = new AtomicInteger(wakes.get());
      change.run();
      await(
          "a wake after which '" + expected + "' is read",
          shortTtl().multipliedBy(2).plus(SOON),
          () -> {
            int now = wakes.get();
            return read.getAndSet(now) < now && value(reader, key).equals(expected);
          });
      assertThat(watch).isNotNull();
    }
  }

  /** Writes until the watch has noticed: from then on it stands. */
  private void settle(String key, AtomicInteger wakes) {
    await(
        "a first wake",
        SOON,
        () -> {
          put(key, "x");
          return wakes.get() > 0;
        });
  }
}
