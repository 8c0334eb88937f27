package gantry.plugin.coordinator.etcd;

import gantry.api.Clock;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.coordination.Condition;
import gantry.api.coordination.Coordinator;
import gantry.api.coordination.Entry;
import gantry.api.coordination.Listing;
import gantry.api.coordination.Outcome;
import gantry.api.coordination.Transaction;
import gantry.api.coordination.Write;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * The only writer of a counter, which it raises by compare-and-set, each attempt with a journal
 * entry of its own in the same transaction. It reads before each attempt, and so learns what became
 * of those whose answer was lost. Whatever it cannot explain is a violation.
 */
final class CountingWriter {
  private final Coordinator client;
  private final String counter;
  private final String journal;
  private final Stopwatch reads = new Stopwatch("reads before a write");
  private final Stopwatch commits = new Stopwatch("transactions");
  private final List<String> violations = new ArrayList<>();

  /** When each attempt that was acknowledged was sent, by its revision. */
  private final Map<Long, Long> acknowledged = new ConcurrentSkipListMap<>();

  private final Set<String> applied = new HashSet<>();
  private final Set<String> unknown = new HashSet<>();
  private String last = "";
  private int attempts;
  private int unknowns;
  private final AtomicLong count = new AtomicLong();

  CountingWriter(Coordinator client, String prefix) {
    this.client = client;
    this.counter = prefix + "counter";
    this.journal = prefix + "journal/";
  }

  /** Reads, then tries once to count one up. */
  void step() {
    Optional<Optional<Entry>> read = reads.unlessUnreachable(() -> client.get(counter));
    if (read.isPresent()) {
      Optional<Entry> seen = read.get();
      explain(seen.map(Entry::value).orElse(""));
      attempt(seen);
    }
  }

  private void explain(String value) {
    if (unknown.remove(value)) {
      applied(value);
    } else if (!value.equals(last)) {
      violations.add("'%s' was acknowledged and '%s' is there".formatted(last, value));
      last = value;
    }
  }

  private void applied(String value) {
    last = value;
    unknown.clear(); // they had the same condition, which holds no more
    applied.add(value);
    count.incrementAndGet();
  }

  private void attempt(Optional<Entry> seen) {
    String value = (count.get() + 1) + "." + ++attempts;
    Condition unchanged =
        seen.<Condition>map(entry -> new Condition.Unchanged(counter, entry.modRevision()))
            .orElse(new Condition.Absent(counter));
    Transaction transaction =
        new Transaction(
            List.of(unchanged), List.of(Write.put(counter, value), Write.put(journal + value, "")));
    long sent = Clock.SYSTEM.monotonicNanos();
    try {
      commits
          .unlessUnreachable(() -> client.commit(transaction))
          .ifPresent(outcome -> answered(outcome, value, sent));
    } catch (GantryException e) {
      if (e.code() != ErrorCode.OUTCOME_UNKNOWN) {
        throw e;
      }
      unknown.add(value);
      unknowns++;
    }
  }

  private void answered(Outcome outcome, String value, long sent) {
    switch (outcome) {
      case Outcome.Committed(long revision) -> {
        acknowledged.put(revision, sent);
        applied(value);
      }
      case Outcome.Rejected() -> {
        if (unknown.isEmpty()) { // else one of them took effect late, as the next read shows
          violations.add("'%s' was rejected, with nobody else there".formatted(value));
        }
      }
    }
  }

  /** Judges the store, when no attempt is under way and etcd is well. */
  List<String> violations() {
    explain(client.get(counter).map(Entry::value).orElse(""));
    Listing written = client.list(journal);
    Set<String> found =
        written.entries().stream()
            .map(entry -> entry.key().substring(journal.length()))
            .collect(Collectors.toSet());
    if (!found.equals(applied)) {
      violations.add("%d applied, %d in the journal".formatted(applied.size(), found.size()));
    }
    written.entries().stream()
        .filter(entry -> entry.createRevision() != entry.modRevision())
        .forEach(entry -> violations.add(entry.key() + " was written twice"));
    Set<Long> revisions =
        written.entries().stream().map(Entry::modRevision).collect(Collectors.toSet());
    acknowledged.keySet().stream()
        .filter(revision -> !revisions.contains(revision))
        .forEach(revision -> violations.add("acknowledged revision " + revision + " is lost"));
    return List.copyOf(violations);
  }

  String counter() {
    return counter;
  }

  /** How many attempts have taken effect, as far as is known. */
  long count() {
    return count.get();
  }

  /** When the attempts that were acknowledged were sent, in their order. */
  List<Long> sentNanos() {
    return List.copyOf(acknowledged.values());
  }

  Stopwatch commits() {
    return commits;
  }

  @Override
  public String toString() {
    return "%s; %s; %d of unknown outcome; counted to %d"
        .formatted(commits, reads, unknowns, count.get());
  }
}
