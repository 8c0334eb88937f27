package gantry.plugin.coordinator.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import gantry.api.Clock;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.Subscription;
import gantry.api.coordination.Coordinator;
import gantry.api.coordination.Listing;
import gantry.api.coordination.Outcome;
import gantry.api.coordination.Range;
import gantry.api.coordination.Session;
import gantry.api.coordination.Transaction;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.lease.LeaseGrantResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;

/**
 * The coordinator that machines share through etcd. A transaction leaves this process at most once;
 * reads are repeated within their time limit. Safe for use by several threads.
 */
final class EtcdCoordinator implements Coordinator {
  private final EtcdRuntime runtime;
  private final AtomicBoolean closed = new AtomicBoolean();

  EtcdCoordinator(EtcdAccess access, Clock clock) {
    this.runtime = new EtcdRuntime(access, clock);
  }

  @Override
  public List<Listing> read(List<Range> ranges) {
    return EtcdRead.of(ranges).from(runtime.requests());
  }

  @Override
  public Outcome commit(Transaction transaction) {
    EtcdTransaction prepared = EtcdTransaction.of(transaction);
    if (!prepared.possible()) {
      return new Outcome.Rejected();
    }
    var answer = runtime.requests().transact(connection -> prepared.send(connection.kv()));
    return answer.isSucceeded()
        ? new Outcome.Committed(answer.getHeader().getRevision())
        : new Outcome.Rejected();
  }

  @Override
  public Session openSession(Duration ttl) {
    if (!ttl.isPositive()) {
      throw new IllegalArgumentException("a session needs a time to live, not " + ttl);
    }
    long seconds = ttl.plusNanos(999_999_999).toSeconds(); // etcd counts in seconds
    long sent = runtime.clock().monotonicNanos();
    // A lease whose grant was not answered ends by itself.
    LeaseGrantResponse grant =
        runtime.requests().harmless(connection -> connection.lease().grant(seconds));
    EtcdSession session =
        new EtcdSession(runtime, grant.getID(), Duration.ofSeconds(grant.getTTL()), sent);
    runtime.sessions().add(session);
    session.start();
    return session;
  }

  @Override
  public Subscription watch(String prefix, long after, LongConsumer changed) {
    if (closed.get()) {
      throw new IllegalStateException("coordinator is closed");
    }
    EtcdWatch watch = new EtcdWatch(runtime, prefix, after, changed);
    runtime.watches().add(watch);
    watch.start();
    return watch;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      List.copyOf(runtime.watches()).forEach(EtcdWatch::close);
      closeSessions();
      runtime.close();
    }
  }

  /** Ends without closing the sessions, as the death of the process does. For tests. */
  void abandon() {
    if (closed.compareAndSet(false, true)) {
      runtime.sessions().forEach(EtcdSession::abandon);
      List.copyOf(runtime.watches()).forEach(EtcdWatch::close);
      runtime.close();
    }
  }

  /** All at once: each may take 2 s when etcd is silent. */
  private void closeSessions() {
    List<Thread> closers = new ArrayList<>();
    for (EtcdSession session : List.copyOf(runtime.sessions())) {
      closers.add(Thread.startVirtualThread(session::close));
    }
    for (Thread closer : closers) {
      try {
        closer.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  static GantryException sessionLost(Session session) {
    return new GantryException(
        ErrorCode.SESSION_LOST,
        "session " + session.id() + " has ended, so no key can be bound to it");
  }

  /** Every key starts with a slash, and etcd has no empty prefix. */
  static ByteSequence prefix(String text) {
    return bytes(text.isEmpty() ? "/" : text);
  }

  static ByteSequence bytes(String text) {
    return ByteSequence.from(text, UTF_8);
  }
}
