package gantry.testkit.coordination;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.Subscription;
import gantry.api.coordination.Coordinator;
import gantry.api.coordination.Listing;
import gantry.api.coordination.Outcome;
import gantry.api.coordination.Range;
import gantry.api.coordination.Session;
import gantry.api.coordination.Transaction;
import gantry.api.coordination.Write;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The twin of a coordinator plugin: one client of an {@link InMemoryStore}, deterministic, with
 * faults on demand. While it is connected its sessions are renewed without pause; while it is
 * partitioned or dead they are not, and end when the clock is advanced past their time to live.
 */
public final class InMemoryCoordinator implements Coordinator {
  private final InMemoryStore store;
  private final String name;
  private final Executor wakes;
  private final List<Watching> watches = new CopyOnWriteArrayList<>();
  private final List<InMemorySession> sessions = new CopyOnWriteArrayList<>();
  private final Queue<Fault> commitFaults = new ArrayDeque<>();
  private final AtomicLong operations = new AtomicLong();
  private final AtomicLong events = new AtomicLong();
  private volatile boolean partitioned;
  private volatile boolean dead;
  private volatile boolean closed;
  private volatile int eventCopies = 1;

  private enum Fault {
    ANSWER_LOST,
    REQUEST_LOST
  }

  /** Not a record: two watches with the same fields are two watches. */
  private static final class Watching {
    private final String prefix;
    private final LongConsumer changed;

    Watching(String prefix, LongConsumer changed) {
      this.prefix = prefix;
      this.changed = changed;
    }
  }

  InMemoryCoordinator(InMemoryStore store, String name, Executor wakes) {
    this.store = store;
    this.name = name;
    this.wakes = wakes;
  }

  @Override
  public List<Listing> read(List<Range> ranges) {
    reach();
    return store.read(ranges);
  }

  @Override
  public Outcome commit(Transaction transaction) {
    transaction.writes().forEach(InMemoryCoordinator::checkSession);
    reach();
    @Nullable Fault fault = nextFault();
    if (fault == Fault.REQUEST_LOST) {
      throw outcomeUnknown();
    }
    Outcome outcome = store.commit(transaction);
    if (fault == Fault.ANSWER_LOST) {
      throw outcomeUnknown();
    }
    return outcome;
  }

  @Override
  public Session openSession(Duration ttl) {
    reach();
    InMemorySession session = new InMemorySession(this, store.grant(ttl), ttl);
    sessions.add(session);
    return session;
  }

  @Override
  public Subscription watch(String prefix, long after, LongConsumer changed) {
    checkOpen();
    Watching watching = new Watching(prefix, changed);
    watches.add(watching);
    if (after > 0 && isConnected()) {
      long newest = store.newestChange(prefix);
      if (newest > after) {
        wake(watching, newest);
      }
    }
    return () -> watches.remove(watching);
  }

  @Override
  public void close() {
    if (!closed) {
      sessions.forEach(InMemorySession::close);
      watches.clear();
      store.disconnect(this);
      closed = true;
    }
  }

  // Faults.

  /**
   * Cuts the client off, or reconnects it; then every watch wakes, as it may have missed events.
   */
  public void setPartitioned(boolean cut) {
    if (cut && !partitioned) {
      renewSessions(); // renewed up to this moment
    }
    partitioned = cut;
    if (!cut) {
      renewSessions();
      findLostSessions();
      watches.forEach(watching -> wake(watching, UNKNOWN));
    }
  }

  /** Ends the client as the death of its process would: no call answers, nothing is renewed. */
  public void die() {
    renewSessions();
    dead = true;
    watches.clear();
  }

  /** The next transaction is carried out, but fails with {@code OUTCOME_UNKNOWN}. */
  public synchronized void loseNextAnswer() {
    commitFaults.add(Fault.ANSWER_LOST);
  }

  /** The next transaction is not carried out, and fails with {@code OUTCOME_UNKNOWN}. */
  public synchronized void loseNextRequest() {
    commitFaults.add(Fault.REQUEST_LOST);
  }

  /** How often each event wakes its watch: 0 loses them, 2 doubles them, 1 is right. */
  public void setEventCopies(int copies) {
    eventCopies = copies;
  }

  /** Ends a session in the store, early, as the loss of the store's data would. */
  public void expire(Session session) {
    store.end(session.id());
    findLostSessions();
  }

  /** Calls that reached for the store so far. */
  public long operations() {
    return operations.get();
  }

  /** Wakes so far. */
  public long events() {
    return events.get();
  }

  // What the store and the sessions need.

  InMemoryStore store() {
    return store;
  }

  boolean isConnected() {
    return !partitioned && !dead && !closed;
  }

  void renewSessions() {
    if (isConnected()) {
      sessions.forEach(InMemorySession::renew);
    }
  }

  void findLostSessions() {
    sessions.forEach(InMemorySession::findLost);
  }

  void forget(InMemorySession session) {
    sessions.remove(session);
  }

  void noticed(long revision, List<String> keys) {
    if (!isConnected()) {
      return;
    }
    for (Watching watching : watches) {
      if (keys.stream().anyMatch(key -> key.startsWith(watching.prefix))) {
        for (int copy = 0; copy < eventCopies; copy++) {
          wake(watching, revision);
        }
      }
    }
  }

  private void wake(Watching watching, long revision) {
    wake(() -> watching.changed.accept(revision));
  }

  void wake(Runnable wake) {
    if (!dead) {
      events.incrementAndGet();
      wakes.execute(wake);
    }
  }

  private synchronized @Nullable Fault nextFault() {
    return commitFaults.poll();
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("coordinator client '" + name + "' is closed");
    }
  }

  private void reach() {
    checkOpen();
    operations.incrementAndGet();
    if (!isConnected()) {
      throw new GantryException(
          ErrorCode.COORDINATOR_UNREACHABLE, "coordinator of '" + name + "' does not answer");
    }
  }

  private static void checkSession(Write write) {
    if (write instanceof Write.Put(String key, String value, Optional<Session> session)
        && session.isPresent()
        && session.get().remaining().isZero()) {
      throw sessionLost(session.get().id());
    }
  }

  private GantryException outcomeUnknown() {
    return new GantryException(
        ErrorCode.OUTCOME_UNKNOWN, "the answer to a transaction of '" + name + "' was lost");
  }

  static GantryException sessionLost(String id) {
    return new GantryException(ErrorCode.SESSION_LOST, "session " + id + " has ended");
  }
}
