package gantry.testkit.coordination;

import gantry.api.coordination.Condition;
import gantry.api.coordination.Coordinator;
import gantry.api.coordination.Outcome;
import gantry.api.coordination.Transaction;
import gantry.api.coordination.Write;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What the contract needs from an implementation's test. */
public interface CoordinatorFixture {
  /** How long a test waits for what should happen soon. */
  Duration SOON = Duration.ofSeconds(10);

  /** One client of the store, the same for the whole test. */
  Coordinator coordinator();

  /** One more client of the same store, as another machine or process has it. */
  Coordinator connect();

  /**
   * Ends a client of {@link #connect()} as the death of its process would: its sessions are neither
   * renewed nor closed.
   */
  void die(Coordinator client);

  /** A time to live that the store grants as it is, short enough for a test to outlast. */
  Duration shortTtl();

  /**
   * Lets time pass until the condition holds.
   *
   * @throws AssertionError it does not within this time
   */
  void await(String what, Duration atMost, BooleanSupplier condition);

  /** A key that no other test uses. */
  String key(String name);

  /** Writes one key without a condition. */
  default long put(String key, String value) {
    return commit(List.of(), Write.put(key, value));
  }

  /** Removes one key without a condition. */
  default long delete(String key) {
    return commit(List.of(), Write.delete(key));
  }

  /** Carries out a transaction whose conditions must hold, and returns its revision. */
  default long commit(List<Condition> conditions, Write... writes) {
    return coordinator().commit(new Transaction(conditions, List.of(writes)))
            instanceof Outcome.Committed(long revision)
        ? revision
        : fail(conditions);
  }

  /** Whether a transaction with one condition and one write is carried out. */
  default boolean commits(Condition condition, Write write) {
    return coordinator().commit(new Transaction(List.of(condition), List.of(write))).committed();
  }

  /** The value of a key as another client than the writer may read it; empty text when missing. */
  default String value(Coordinator reader, String key) {
    return reader.get(key).map(entry -> entry.value()).orElse("");
  }

  private static long fail(List<Condition> conditions) {
    throw new AssertionError("expected to hold: " + conditions);
  }
}
