package gantry.testkit.coordination;

import gantry.api.coordination.Condition;
import gantry.api.coordination.Entry;
import gantry.api.coordination.Listing;
import gantry.api.coordination.Outcome;
import gantry.api.coordination.Range;
import gantry.api.coordination.Session;
import gantry.api.coordination.Transaction;
import gantry.api.coordination.Write;
import gantry.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The store behind {@link InMemoryCoordinator}, shared by the clients of a test. Nothing in it has
 * a thread: leases end, and watches wake, in the call that writes or that advances the clock. Safe
 * for use by several threads.
 */
public final class InMemoryStore {
  /** Code points sort as UTF-8 bytes do; UTF-16 units do not. */
  private static final Comparator<String> BYTE_ORDER =
      (left, right) -> Arrays.compare(left.codePoints().toArray(), right.codePoints().toArray());

  private final ManualClock clock;
  private final TreeMap<String, Held> entries = new TreeMap<>(BYTE_ORDER);
  private final Map<String, Long> leaseEnds = new LinkedHashMap<>();

  /** When each key was written or removed last. */
  private final Map<String, Long> changes = new HashMap<>();

  private final List<InMemoryCoordinator> clients = new CopyOnWriteArrayList<>();
  private Duration expiryDelay = Duration.ZERO;
  private long revision = 1;
  private int sessions;

  /** An entry and the session that it ends with. */
  private record Held(Entry entry, @Nullable String session) {}

  /** An empty store on a test's clock. */
  public InMemoryStore(ManualClock clock) {
    this.clock = clock;
    clock.onAdvance(this::tick);
  }

  /** A client whose watches wake within the call that causes it. */
  public InMemoryCoordinator connect(String name) {
    return connect(name, Runnable::run);
  }

  /**
   * A client whose watches wake through an executor.
   *
   * @param name for messages
   */
  public InMemoryCoordinator connect(String name, Executor wakes) {
    InMemoryCoordinator client = new InMemoryCoordinator(this, name, wakes);
    clients.add(client);
    return client;
  }

  /**
   * Lets keys stay for a while after their lease has ended: a real store may be late, but never
   * early.
   */
  public synchronized void setExpiryDelay(Duration delay) {
    expiryDelay = delay;
  }

  /** Everything, for a test's own judgement. */
  public synchronized List<Entry> entries() {
    return entries.values().stream().map(Held::entry).toList();
  }

  ManualClock clock() {
    return clock;
  }

  void disconnect(InMemoryCoordinator client) {
    clients.remove(client);
  }

  synchronized List<Listing> read(List<Range> ranges) {
    return ranges.stream().map(this::read).toList();
  }

  private Listing read(Range range) {
    return switch (range) {
      case Range.Key(String key) -> new Listing(revision, get(key).stream().toList());
      case Range.Prefix(String prefix) -> list(prefix);
    };
  }

  /** Revision of the last write or removal under a prefix; 0 for none. */
  synchronized long newestChange(String prefix) {
    return changes.entrySet().stream()
        .filter(change -> change.getKey().startsWith(prefix))
        .mapToLong(Map.Entry::getValue)
        .max()
        .orElse(0);
  }

  private Optional<Entry> get(String key) {
    return Optional.ofNullable(entries.get(key)).map(Held::entry);
  }

  private Listing list(String prefix) {
    List<Entry> found = new ArrayList<>();
    for (Held held : entries.tailMap(prefix).values()) {
      if (!held.entry().key().startsWith(prefix)) {
        break;
      }
      found.add(held.entry());
    }
    return new Listing(revision, found);
  }

  Outcome commit(Transaction transaction) {
    List<String> changed = new ArrayList<>();
    long now;
    synchronized (this) {
      if (!transaction.conditions().stream().allMatch(this::holds)) {
        return new Outcome.Rejected();
      }
      transaction.writes().forEach(this::checkSession);
      transaction.writes().forEach(write -> apply(write, changed));
      note(changed);
      now = revision;
    }
    announce(now, changed);
    return new Outcome.Committed(now);
  }

  private boolean holds(Condition condition) {
    Optional<Entry> entry = get(condition.key());
    return switch (condition) {
      case Condition.Absent absent -> entry.isEmpty();
      case Condition.Unchanged(String key, long seen) ->
          entry.filter(e -> e.modRevision() == seen).isPresent();
      case Condition.SameLife(String key, long seen) ->
          entry.filter(e -> e.createRevision() == seen).isPresent();
    };
  }

  private void checkSession(Write write) {
    if (write instanceof Write.Put(String key, String value, Optional<Session> session)
        && session.isPresent()
        && !leaseEnds.containsKey(session.get().id())) {
      throw InMemoryCoordinator.sessionLost(session.get().id());
    }
  }

  private void apply(Write write, List<String> changed) {
    Held old = entries.remove(write.key());
    if (write instanceof Write.Put(String key, String value, Optional<Session> session)) {
      long next = revision + 1;
      long created = old == null ? next : old.entry().createRevision();
      Entry entry = new Entry(key, value, created, next);
      entries.put(key, new Held(entry, session.map(Session::id).orElse(null)));
      changed.add(key);
    } else if (old != null) {
      changed.add(write.key());
    }
  }

  synchronized String grant(Duration ttl) {
    String id = "session-" + ++sessions;
    leaseEnds.put(id, clock.monotonicNanos() + ttl.toNanos());
    return id;
  }

  /** False when the lease has ended: it is never revived. */
  synchronized boolean renew(String id, Duration ttl) {
    long end = clock.monotonicNanos() + ttl.toNanos();
    return leaseEnds.computeIfPresent(id, (same, old) -> end) != null;
  }

  void end(String id) {
    List<String> changed = new ArrayList<>();
    long now;
    synchronized (this) {
      leaseEnds.remove(id);
      entries.values().stream()
          .filter(held -> id.equals(held.session()))
          .forEach(held -> changed.add(held.entry().key()));
      changed.forEach(entries::remove);
      note(changed);
      now = revision;
    }
    announce(now, changed);
  }

  private void note(List<String> changed) {
    revision += changed.isEmpty() ? 0 : 1;
    changed.forEach(key -> changes.put(key, revision));
  }

  private void tick() {
    clients.forEach(InMemoryCoordinator::renewSessions);
    List<String> ended = new ArrayList<>();
    synchronized (this) {
      long now = clock.monotonicNanos();
      leaseEnds.forEach(
          (id, end) -> {
            if (now - end >= expiryDelay.toNanos()) {
              ended.add(id);
            }
          });
    }
    ended.forEach(this::end);
    clients.forEach(InMemoryCoordinator::findLostSessions);
  }

  private void announce(long at, List<String> keys) {
    if (!keys.isEmpty()) {
      clients.forEach(client -> client.noticed(at, keys));
    }
  }
}
