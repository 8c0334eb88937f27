package gantry.plugin.coordinator.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.Clock;
import gantry.api.coordination.Coordinator;
import gantry.api.coordination.Entry;
import java.time.Duration;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/** A client with sessions, a watch, a writer and a reader, all at work through what happens. */
final class FailoverLoad implements AutoCloseable {
  private static final Duration PACE = Duration.ofMillis(20);
  private static final Duration PROGRESS_LIMIT = Duration.ofSeconds(30);

  /** Sooner than the watch's wakes at intervals, which would come in any case. */
  private static final Duration WAKE_LIMIT = Duration.ofSeconds(20);

  private final Coordinator client;
  private final CountingWriter writer;
  private final HeldSessions sessions;
  private final Stopwatch reads = new Stopwatch("reads");
  private final NavigableSet<Long> wakes = new ConcurrentSkipListSet<>();
  private final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads;
  private volatile boolean ended;

  FailoverLoad(Coordinator client, String prefix, Duration ttl) {
    this.client = client;
    this.writer = new CountingWriter(client, prefix);
    this.sessions = new HeldSessions(client, prefix + "leased/", ttl);
    client.watch(writer.counter(), () -> wakes.add(Clock.SYSTEM.monotonicNanos()));
    this.threads = List.of(start(writer::step), start(this::read));
    awaitMore(20);
  }

  private Thread start(Runnable step) {
    return Thread.startVirtualThread(
        () -> {
          try {
            while (!ended) {
              step.run();
              LockSupport.parkNanos(PACE.toNanos());
            }
          } catch (RuntimeException e) {
            violations.add(e.toString());
          }
        });
  }

  /** What was acknowledged before a read began, it must see. */
  private void read() {
    long before = writer.count();
    Optional<Optional<Entry>> read = reads.unlessUnreachable(() -> client.get(writer.counter()));
    if (read.isPresent()) {
      long seen = read.get().map(FailoverLoad::count).orElse(0L);
      if (seen < before) {
        violations.add("%d was acknowledged, and %d read after it".formatted(before, seen));
      }
    }
  }

  private static long count(Entry entry) {
    return Long.parseLong(entry.value().substring(0, entry.value().indexOf('.')));
  }

  /** Waits until so many further attempts have taken effect. */
  void awaitMore(int commits) {
    long goal = writer.count() + commits;
    Awaitility.await("progress").atMost(PROGRESS_LIMIT).until(() -> writer.count() >= goal);
  }

  HeldSessions sessions() {
    return sessions;
  }

  /** How many attempts have taken effect. */
  long count() {
    return writer.count();
  }

  /** What a client reads of it. */
  static long countSeenBy(Coordinator other, String prefix) {
    return other.get(prefix + "counter").map(FailoverLoad::count).orElse(0L);
  }

  /** Ends the work, prints how it went, and asserts that no write was lost, doubled or missed. */
  void judge(String fault, Duration longestGap) {
    awaitMore(20);
    stop();
    assertThat(wakeAfter(lastWrite())).as("%s: a wake after the last write", fault).isTrue();
    Duration slowest = slowestWake();
    System.out.printf(
        "%s: %s; %s; a wake %d ms after a write at most; %s%n",
        fault, writer, reads, slowest.toMillis(), sessions);
    violations.addAll(writer.violations());
    assertThat(violations).as(fault).isEmpty();
    assertThat(slowest).as("%s: the slowest wake", fault).isLessThan(WAKE_LIMIT);
    assertThat(writer.commits().longestGap()).as("%s: no write for", fault).isLessThan(longestGap);
    assertThat(reads.longestGap()).as("%s: no read for", fault).isLessThan(longestGap);
  }

  private long lastWrite() {
    long sent = Clock.SYSTEM.monotonicNanos();
    writer.step();
    return sent;
  }

  private boolean wakeAfter(long nanos) {
    Awaitility.await("a wake").atMost(Duration.ofSeconds(5)).until(() -> wakes.last() >= nanos);
    return true;
  }

  private Duration slowestWake() {
    long slowest = 0;
    for (long sent : writer.sentNanos()) {
      Long wake = wakes.ceiling(sent);
      assertThat(wake).as("a wake after each write").isNotNull();
      slowest = Math.max(slowest, wake - sent);
    }
    return Duration.ofNanos(slowest);
  }

  private void stop() {
    ended = true;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    stop();
    client.close();
  }
}
