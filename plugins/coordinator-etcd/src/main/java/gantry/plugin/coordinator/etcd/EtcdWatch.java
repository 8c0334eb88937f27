package gantry.plugin.coordinator.etcd;

import gantry.api.Subscription;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes its owner, nothing more, so that it needs no memory of what was delivered: after any break
 * it watches from the present and wakes once the new watch stands. A break that nobody reports is
 * covered by a wake at intervals.
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
  private final Runnable wake;
  private final AtomicBoolean wakePending = new AtomicBoolean();
  private @Nullable Attempt attempt;
  private Duration pause = FIRST_PAUSE;
  private volatile boolean closed;

  EtcdWatch(EtcdRuntime runtime, String prefix, Runnable wake) {
    this.runtime = runtime;
    // Every key starts with a slash, and etcd has no empty prefix.
    this.prefix = ByteSequence.from(prefix.isEmpty() ? "/" : prefix, StandardCharsets.UTF_8);
    this.wake = wake;
  }

  void start() {
    runtime.execute(this::open);
    runtime.after(SAFETY_INTERVAL, this::wakeAtIntervals);
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
      next = new Attempt(runtime.connections().current());
      attempt = next;
    }
    next.start();
    runtime.after(CREATE_LIMIT, next::checkStanding);
  }

  private void stands() {
    synchronized (this) {
      pause = FIRST_PAUSE;
    }
    wakeSoon();
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
      wakeSoon();
    }
    runtime.after(delay, this::open);
  }

  /** One wake covers all events that came before it. */
  private void wakeSoon() {
    if (wakePending.compareAndSet(false, true)) {
      runtime.execute(
          () -> {
            wakePending.set(false);
            if (!closed) {
              wake.run();
            }
          });
    }
  }

  private void wakeAtIntervals() {
    if (!closed) {
      wakeSoon();
      runtime.after(SAFETY_INTERVAL, this::wakeAtIntervals);
    }
  }

  /** One watch of jetcd, used until its first complaint. */
  private final class Attempt implements Watch.Listener {
    private final EtcdConnection connection;
    private volatile boolean standing;
    private Watch.@Nullable Watcher watcher;
    private boolean ended;

    Attempt(EtcdConnection connection) {
      this.connection = connection;
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
        stands();
      } else if (!response.isProgressNotify()) {
        wakeSoon();
      }
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
