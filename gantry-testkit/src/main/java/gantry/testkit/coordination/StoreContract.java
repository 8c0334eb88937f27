package gantry.testkit.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.coordination.Coordinator;
import gantry.api.coordination.Entry;
import gantry.api.coordination.Listing;
import gantry.api.coordination.Range;
import gantry.api.coordination.Transaction;
import gantry.api.coordination.Write;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reads: single keys, prefixes, order, revisions. */
public interface StoreContract extends CoordinatorFixture {
  @Test
  default void aMissingKeyIsEmpty() {
    assertThat(coordinator().get(key("missing"))).isEmpty();
  }

  @Test
  default void aWrittenKeyIsReadBackWithTheRevisionOfItsWrite() {
    long revision = put(key("a"), "one");
    assertThat(coordinator().get(key("a")))
        .contains(new Entry(key("a"), "one", revision, revision));
  }

  @Test
  default void aRewrittenKeyKeepsItsLife() {
    long created = put(key("a"), "one");
    long written = put(key("a"), "two");
    assertThat(written).isGreaterThan(created);
    assertThat(coordinator().get(key("a"))).contains(new Entry(key("a"), "two", created, written));
  }

  @Test
  default void aKeyThatWasDeletedAndWrittenAgainHasANewLife() {
    long first = put(key("a"), "one");
    delete(key("a"));
    assertThat(coordinator().get(key("a"))).isEmpty();
    long second = put(key("a"), "one");
    assertThat(second).isGreaterThan(first);
    assertThat(coordinator().get(key("a"))).contains(new Entry(key("a"), "one", second, second));
  }

  @Test
  default void valuesComeBackAsTheyWere() {
    for (String value : List.of("", " ", "{\"a\":\"b\\n\"}\n", "häß 日本 🚀", "x".repeat(100_000))) {
      put(key("a"), value);
      assertThat(coordinator().get(key("a")).orElseThrow().value()).isEqualTo(value);
    }
  }

  @Test
  default void aListIsInTheOrderOfTheKeysBytes() {
    List<String> names = List.of("1", "10", "2", "A", "a", "a/b", "ab", "ä", "\uFF21", "🚀");
    names.reversed().forEach(name -> put(key(name), name));
    assertThat(coordinator().list(key("")).entries())
        .extracting(Entry::value)
        .containsExactlyElementsOf(names);
  }

  @Test
  default void aListHoldsExactlyTheKeysThatStartWithThePrefix() {
    // '.' sorts right before '/', and '0' right after it.
    for (String name : List.of("p", "p.", "p/", "p/a", "p/a/b", "p/\uFFFD", "p0", "q")) {
      put(key(name), name);
    }
    assertThat(coordinator().list(key("p/")).entries())
        .extracting(Entry::value)
        .containsExactly("p/", "p/a", "p/a/b", "p/\uFFFD");
    assertThat(coordinator().list(key("p")).entries()).hasSize(7);
    assertThat(coordinator().list(key("p/a/b")).entries()).hasSize(1);
  }

  @Test
  default void aListOfNothingIsEmptyAndHasARevision() {
    long revision = put(key("other"), "x");
    Listing nothing = coordinator().list(key("nothing/"));
    assertThat(nothing.entries()).isEmpty();
    assertThat(nothing.revision()).isGreaterThanOrEqualTo(revision);
  }

  @Test
  default void theRevisionOfAListGrowsWithEveryWriteAnywhere() {
    long before = coordinator().list(key("p/")).revision();
    long written = put(key("elsewhere"), "x");
    long deleted = delete(key("elsewhere"));
    assertThat(written).isGreaterThan(before);
    assertThat(deleted).isGreaterThan(written);
    assertThat(coordinator().list(key("p/")).revision()).isGreaterThanOrEqualTo(deleted);
  }

  @Test
  default void severalRangesAreAnsweredInTheirOrder() {
    long revision = put(key("p/b"), "b");
    put(key("p/a"), "a");
    List<Listing> read =
        coordinator()
            .read(
                List.of(
                    new Range.Key(key("p/b")),
                    new Range.Key(key("p")),
                    new Range.Prefix(key("p/")),
                    new Range.Prefix(key("nothing/"))));
    assertThat(read)
        .extracting(listing -> listing.entries().stream().map(Entry::value).toList())
        .containsExactly(List.of("b"), List.of(), List.of("a", "b"), List.of());
    assertThat(read.getFirst().entries())
        .containsExactly(new Entry(key("p/b"), "b", revision, revision));
    assertThat(read).extracting(Listing::revision).containsOnly(read.getFirst().revision());
    assertThat(read.getFirst().revision()).isGreaterThan(revision);
  }

  @Test
  default void severalRangesAreReadAtOneMoment() throws InterruptedException {
    Coordinator writer = connect();
    Thread writing =
        Thread.startVirtualThread(
            () -> {
              for (int i = 0; i < 200; i++) {
                List<Write> both =
                    List.of(Write.put(key("a"), "" + i), Write.put(key("b"), "" + i));
                writer.commit(new Transaction(List.of(), both));
              }
            });
    List<Range> ranges = List.of(new Range.Key(key("a")), new Range.Key(key("b")));
    do {
      List<Listing> read = coordinator().read(ranges);
      assertThat(read.getFirst().entries().stream().map(Entry::value).toList())
          .isEqualTo(read.getLast().entries().stream().map(Entry::value).toList());
    } while (writing.isAlive());
    writing.join();
  }

  @Test
  default void anotherClientSeesAWriteAtOnce() {
    var other = connect();
    for (int i = 0; i < 20; i++) {
      put(key("a"), "value " + i);
      assertThat(value(other, key("a"))).isEqualTo("value " + i);
    }
  }
}
