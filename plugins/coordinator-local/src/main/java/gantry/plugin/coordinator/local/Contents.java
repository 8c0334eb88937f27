package gantry.plugin.coordinator.local;

import gantry.api.coordination.Condition;
import gantry.api.coordination.Entry;
import gantry.api.coordination.Listing;
import gantry.api.coordination.Range;
import gantry.api.coordination.Session;
import gantry.api.coordination.Write;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All keys of the store at one revision. Not thread-safe; a reader has its own. */
final class Contents {
  /** Code points sort as UTF-8 bytes do; UTF-16 units do not. */
  private static final Comparator<String> BYTE_ORDER =
      (left, right) -> Arrays.compare(left.codePoints().toArray(), right.codePoints().toArray());

  private final TreeMap<String, Held> entries = new TreeMap<>(BYTE_ORDER);
  private long revision;

  /** An entry and the session that it ends with. */
  record Held(Entry entry, @Nullable String session) {}

  Contents(long revision, Collection<Held> held) {
    this.revision = revision;
    held.forEach(each -> entries.put(each.entry().key(), each));
  }

  static Contents empty() {
    return new Contents(1, List.of());
  }

  long revision() {
    return revision;
  }

  Collection<Held> held() {
    return entries.values();
  }

  Optional<Entry> get(String key) {
    return Optional.ofNullable(entries.get(key)).map(Held::entry);
  }

  Listing read(Range range) {
    return switch (range) {
      case Range.Key(String key) -> new Listing(revision, get(key).stream().toList());
      case Range.Prefix(String prefix) -> list(prefix);
    };
  }

  private Listing list(String prefix) {
    return new Listing(
        revision,
        entries.tailMap(prefix).values().stream()
            .map(Held::entry)
            .takeWhile(entry -> entry.key().startsWith(prefix))
            .toList());
  }

  boolean holds(Condition condition) {
    Optional<Entry> entry = get(condition.key());
    return switch (condition) {
      case Condition.Absent _ -> entry.isEmpty();
      case Condition.Unchanged(_, long seen) ->
          entry.filter(e -> e.modRevision() == seen).isPresent();
      case Condition.SameLife(_, long seen) ->
          entry.filter(e -> e.createRevision() == seen).isPresent();
    };
  }

  /** Carries out all writes at the next revision; false when there was nothing to do. */
  boolean apply(List<Write> writes) {
    boolean changed = false;
    for (Write write : writes) {
      Held old = entries.remove(write.key());
      changed |= old != null || write instanceof Write.Put;
      if (write instanceof Write.Put(String key, String value, Optional<Session> session)) {
        long created = old == null ? revision + 1 : old.entry().createRevision();
        Entry entry = new Entry(key, value, created, revision + 1);
        entries.put(key, new Held(entry, session.map(Session::id).orElse(null)));
      }
    }
    revision += changed ? 1 : 0;
    return changed;
  }

  /** The sessions that keys are bound to. */
  Set<String> sessions() {
    Set<String> sessions = new HashSet<>();
    entries.values().stream().map(Held::session).filter(Objects::nonNull).forEach(sessions::add);
    return sessions;
  }

  /** Removes the keys of sessions; false when there were none. */
  boolean end(Set<String> sessions) {
    boolean changed =
        entries
            .values()
            .removeIf(held -> held.session() != null && sessions.contains(held.session()));
    revision += changed ? 1 : 0;
    return changed;
  }

  /** Keys that were written or removed between two states. */
  Set<String> changedSince(Contents earlier) {
    Set<String> changed = new HashSet<>();
    Stream.concat(entries.keySet().stream(), earlier.entries.keySet().stream())
        .filter(key -> !get(key).equals(earlier.get(key)))
        .forEach(changed::add);
    return changed;
  }
}
