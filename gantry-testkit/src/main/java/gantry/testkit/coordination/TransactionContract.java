package gantry.testkit.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gantry.api.coordination.Condition;
import gantry.api.coordination.Condition.Absent;
import gantry.api.coordination.Condition.SameLife;
import gantry.api.coordination.Condition.Unchanged;
import gantry.api.coordination.Entry;
import gantry.api.coordination.Outcome;
import gantry.api.coordination.Transaction;
import gantry.api.coordination.Write;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Transactions of one client: conditions, and all writes or none. */
public interface TransactionContract extends CoordinatorFixture {
  @Test
  default void absentHoldsOnlyWhileTheKeyDoesNotExist() {
    Condition absent = new Absent(key("a"));
    assertThat(commits(absent, Write.put(key("a"), "one"))).isTrue();
    assertThat(commits(absent, Write.put(key("a"), "two"))).isFalse();
    assertThat(value(coordinator(), key("a"))).isEqualTo("one");
    delete(key("a"));
    assertThat(commits(absent, Write.put(key("a"), "three"))).isTrue();
  }

  @Test
  default void unchangedHoldsOnlyForTheLastWrite() {
    long first = put(key("a"), "one");
    long second = put(key("a"), "two");
    assertThat(commits(new Unchanged(key("a"), first), Write.put(key("a"), "stale"))).isFalse();
    assertThat(commits(new Unchanged(key("a"), second), Write.put(key("a"), "three"))).isTrue();
    assertThat(value(coordinator(), key("a"))).isEqualTo("three");
  }

  @Test
  default void sameLifeHoldsThroughWritesAndEndsWithADelete() {
    long life = put(key("a"), "one");
    put(key("a"), "two");
    Condition same = new SameLife(key("a"), life);
    assertThat(commits(same, Write.put(key("b"), "inside"))).isTrue();
    delete(key("a"));
    assertThat(commits(same, Write.put(key("b"), "after"))).isFalse();
    put(key("a"), "one");
    assertThat(commits(same, Write.put(key("b"), "in another life"))).isFalse();
    assertThat(value(coordinator(), key("b"))).isEqualTo("inside");
  }

  @Test
  default void noConditionAboutAnExistingKeyHoldsForAMissingOne() {
    for (long revision : new long[] {0, 1, 2}) {
      assertThat(commits(new Unchanged(key("no"), revision), Write.put(key("b"), "x"))).isFalse();
      assertThat(commits(new SameLife(key("no"), revision), Write.put(key("b"), "x"))).isFalse();
    }
    assertThat(coordinator().get(key("b"))).isEmpty();
  }

  @Test
  default void oneConditionThatDoesNotHoldPreventsEveryWrite() {
    long revision = put(key("a"), "one");
    Transaction transaction =
        new Transaction(
            List.of(new Unchanged(key("a"), revision), new Absent(key("a"))),
            List.of(Write.delete(key("a")), Write.put(key("b"), "x")));
    assertThat(coordinator().commit(transaction)).isEqualTo(new Outcome.Rejected());
    assertThat(value(coordinator(), key("a"))).isEqualTo("one");
    assertThat(coordinator().get(key("b"))).isEmpty();
  }

  @Test
  default void allWritesOfATransactionHaveItsRevision() {
    put(key("old"), "x");
    long revision =
        commit(
            List.of(new Absent(key("a")), new Absent(key("b"))),
            Write.put(key("b"), "2"),
            Write.put(key("a"), "1"),
            Write.delete(key("old")));
    assertThat(coordinator().list(key("")).entries())
        .containsExactly(
            new Entry(key("a"), "1", revision, revision),
            new Entry(key("b"), "2", revision, revision));
  }

  @Test
  default void deletingAMissingKeyCommits() {
    assertThat(coordinator().commit(new Transaction(List.of(), List.of(Write.delete(key("no"))))))
        .matches(Outcome::committed);
  }

  @Test
  default void conditionsAloneAreJudged() {
    long revision = put(key("a"), "one");
    assertThat(judge(new Unchanged(key("a"), revision))).isTrue();
    assertThat(judge(new Absent(key("a")))).isFalse();
    assertThat(coordinator().get(key("a")).orElseThrow().modRevision()).isEqualTo(revision);
  }

  private boolean judge(Condition condition) {
    return coordinator().commit(new Transaction(List.of(condition), List.of())).committed();
  }

  @Test
  default void twoWritesOfOneKeyAreAMistake() {
    assertThatThrownBy(
            () ->
                coordinator()
                    .commit(
                        new Transaction(
                            List.of(), List.of(Write.put(key("a"), "1"), Write.delete(key("a"))))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key("a"));
    assertThat(coordinator().get(key("a"))).isEmpty();
  }
}
