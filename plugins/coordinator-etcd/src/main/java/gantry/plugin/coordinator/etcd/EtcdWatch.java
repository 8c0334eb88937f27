package gantry.plugin.coordinator.etcd;

import gantry.api.Subscription;
import gantry.api.coordination.Coordinator;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells its owner to look again, nothing more, so that it needs no memory of what was delivered: it
 * watches from the present, and tells once the watch stands unless nothing at all has changed since
 * its owner read. A break that nobody reports is covered by telling at intervals.
 *
 * <p>It does not ask for the past: etcd brings a watch that begins before the newest revision up to
 * date at intervals of 100 ms only ({@code syncWatchersLoop}), and its events wait meanwhile.
 */
final class EtcdWatch implements Subscription {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(2);
  private static final Duration CREATE_LIMIT = EtcdCalls.DEADLINE;
  private static final Duration SAFETY_INTERVAL = Duration.ofSeconds(30);
  private static final WatchOption OPTION =
      WatchOption.builder().isPrefix(true).withCreateNotify(true).withRequireLeader(true).build();
  private static final Logger LOG = LoggerFactory.getLogger(EtcdWatch.class);

  private final EtcdRuntime runtime;
  private final ByteSequence prefix;
  private final LongConsumer changed;

  /** Newest revision that is still to be told of; 0 for none. */
  private final AtomicLong pending = new AtomicLong();

  private @Nullable Attempt attempt;
  private long after;
  private Duration pause = FIRST_PAUSE;
  private volatile boolean closed;

  EtcdWatch(EtcdRuntime runtime, String prefix, long after, LongConsumer changed) {
    this.runtime = runtime;
    this.prefix = EtcdCoordinator.prefix(prefix);
    this.after = after;
    this.changed = changed;
  }

  void start() {
    runtime.execute(this::open);
    runtime.after(SAFETY_INTERVAL, this::tellAtIntervals);
  }

  @Override
  public void close() {
    Attempt last;
    synchronized (this) {
      closed = true;
      last = attempt;
      attempt = null;
    }
    runtime.watches().remove(this);
    if (last != null) {
      last.end();
    }
  }

  private void open() {
    Attempt next;
    synchronized (this) {
      if (closed) {
        return;
      }
      next = new Attempt(runtime.connections().current(), after);
      attempt = next;
      after = 0; // only the first time: a store that was restored from a copy counts anew
    }
    next.start();
    runtime.after(CREATE_LIMIT, next::checkStanding);
  }

  /** What is later than this revision is told by the watch itself. */
  private void stands(Attempt which, long revision) {
    synchronized (this) {
      pause = FIRST_PAUSE;
    }
    if (which.after == 0) {
      tellSoon(Coordinator.UNKNOWN);
    } else if (revision > which.after) {
      tellSoon(revision);
    }
  }

  private void broken(Attempt which, @Nullable Throwable failure) {
    Duration delay;
    synchronized (this) {
      if (attempt != which) {
        return; // told already, or closed
      }
      attempt = null;
      delay = pause;
      pause = pause.multipliedBy(2).compareTo(MAX_PAUSE) < 0 ? pause.multipliedBy(2) : MAX_PAUSE;
    }
    LOG.debug("watch of {} broke, again in {}", prefix, delay, failure);
    if (failure != null && String.valueOf(failure.getMessage()).contains("permission denied")) {
      which.connection.doubtToken(); // etcd says so of a watch whose token has ended, too
    }
    runtime.connections().failed(which.connection);
    which.end();
    if (which.standing) {
      tellSoon(Coordinator.UNKNOWN);
    }
    runtime.after(delay, this::open);
  }

  /** One call covers all events that came before it. */
  private void tellSoon(long revision) {
    if (pending.getAndAccumulate(revision, Math::max) == 0) {
      runtime.execute(
          () -> {
            long newest = pending.getAndSet(0);
            if (!closed) {
              changed.accept(newest);
            }
          });
    }
  }

  private void tellAtIntervals() {
    if (!closed) {
      tellSoon(Coordinator.UNKNOWN);
      runtime.after(SAFETY_INTERVAL, this::tellAtIntervals);
    }
  }

  /** One watch of jetcd, used until its first complaint. */
  private final class Attempt implements Watch.Listener {
    private final EtcdConnection connection;
    private final long after;
    private volatile boolean standing;
    private Watch.@Nullable Watcher watcher;
    private boolean ended;

    Attempt(EtcdConnection connection, long after) {
      this.connection = connection;
      this.after = after;
    }

    void start() {
      try {
        keep(connection.watch().watch(prefix, OPTION, this));
      } catch (RuntimeException e) {
        broken(this, e); // the client was closed meanwhile
      }
    }

    void checkStanding() {
      if (!standing) {
        broken(this, null);
      }
    }

    @Override
    public void onNext(WatchResponse response) {
      connection.answered();
      if (response.isCreatedNotify()) {
        standing = true;
        stands(this, response.getHeader().getRevision());
      } else if (!response.isProgressNotify()) {
        tellSoon(newest(response));
      }
    }

    /** The header's revision is the store's own, which may be of a later change elsewhere. */
    private static long newest(WatchResponse response) {
      return response.getEvents().stream()
          .mapToLong(event -> event.getKeyValue().getModRevision())
          .max()
          .orElse(Coordinator.UNKNOWN);
    }

    @Override
    public void onError(Throwable failure) {
      runtime.execute(() -> broken(this, failure));
    }

    @Override
    public void onCompleted() {
      runtime.execute(() -> broken(this, null));
    }

    void end() {
      Watch.Watcher last;
      synchronized (this) {
        ended = true;
        last = watcher;
        watcher = null;
      }
      if (last != null) {
        last.close();
      }
    }

    private void keep(Watch.Watcher made) {
      synchronized (this) {
        if (!ended) {
          watcher = made;
          return;
        }
      }
      made.close();
    }
  }
}
