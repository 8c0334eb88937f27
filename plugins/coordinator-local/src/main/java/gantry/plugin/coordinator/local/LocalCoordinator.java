package gantry.plugin.coordinator.local;

import gantry.api.Subscription;
import gantry.api.coordination.Coordinator;
import gantry.api.coordination.Listing;
import gantry.api.coordination.Outcome;
import gantry.api.coordination.Range;
import gantry.api.coordination.Session;
import gantry.api.coordination.Transaction;
import gantry.api.coordination.Write;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;

/** The coordinator of one machine, shared by its processes. Safe for use by several threads. */
final class LocalCoordinator implements Coordinator {
  private final LocalStore store;
  private final LocalRuntime runtime;
  private final LocalWatches watches;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Makes a client of the store in a folder, which is made with the first write. */
  LocalCoordinator(Path folder) {
    this.store = new LocalStore(folder);
    this.runtime = new LocalRuntime(store);
    this.watches = new LocalWatches(runtime);
  }

  @Override
  public List<Listing> read(List<Range> ranges) {
    checkOpen();
    Contents contents = store.read();
    return ranges.stream().map(contents::read).toList();
  }

  @Override
  public Outcome commit(Transaction transaction) {
    checkOpen();
    transaction.writes().forEach(LocalCoordinator::checkSession);
    return store.commit(transaction);
  }

  @Override
  public Session openSession(Duration ttl) {
    checkOpen();
    if (!ttl.isPositive()) {
      throw new IllegalArgumentException("a session needs a time to live, not " + ttl);
    }
    Duration asked = Machine.uptime();
    LocalSession session = new LocalSession(runtime, store.openSession(ttl), ttl, asked);
    runtime.sessions().add(session);
    session.start();
    return session;
  }

  @Override
  public Subscription watch(String prefix, long after, LongConsumer changed) {
    checkOpen();
    return watches.add(prefix, after, changed);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      watches.close();
      List.copyOf(runtime.sessions()).forEach(LocalSession::close);
      runtime.close();
    }
  }

  /** Ends without closing the sessions, as a hanging process does. For tests. */
  void abandon() {
    if (closed.compareAndSet(false, true)) {
      runtime.sessions().forEach(LocalSession::abandon);
      watches.close();
      runtime.close();
    }
  }

  private void checkOpen() {
    if (closed.get()) {
      throw new IllegalStateException("coordinator is closed (" + store.folder() + ")");
    }
  }

  private static void checkSession(Write write) {
    if (write instanceof Write.Put(_, _, Optional<Session> session)
        && session.isPresent()
        && session.get().remaining().isZero()) {
      throw LocalErrors.sessionLost(session.get().id());
    }
  }
}
