package gantry.plugin.coordinator.local;

import gantry.api.Subscription;
import gantry.api.coordination.Coordinator;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes watchers. One thread waits for the kernel's word that the folder changed, and looks at
 * intervals as well: the end of a process or of a session's time changes no file.
 */
final class LocalWatches implements AutoCloseable {
  /** How late the end of another process's session may be noticed. */
  private static final Duration INTERVAL = Duration.ofMillis(100);

  private static final Logger LOG = LoggerFactory.getLogger(LocalWatches.class);

  private final LocalRuntime runtime;
  private final List<Watching> watches = new CopyOnWriteArrayList<>();
  private @Nullable Thread thread;
  private volatile boolean closed;
  private boolean complained;

  LocalWatches(LocalRuntime runtime) {
    this.runtime = runtime;
  }

  /** Not a record: two watches with the same fields are two watches. */
  private static final class Watching {
    private final String prefix;
    private final LongConsumer changed;
    private volatile boolean closed;
    private final long read;
    private @Nullable Contents seen;

    Watching(String prefix, long read, LongConsumer changed) {
      this.prefix = prefix;
      this.read = read;
      this.changed = changed;
    }
  }

  Subscription add(String prefix, long after, LongConsumer changed) {
    Watching watching = new Watching(prefix, after, changed);
    watches.add(watching);
    startOnce();
    return () -> {
      watching.closed = true;
      watches.remove(watching);
    };
  }

  @Override
  public void close() {
    Thread running;
    synchronized (this) {
      closed = true;
      running = thread;
    }
    watches.clear();
    if (running != null) {
      running.interrupt();
    }
  }

  private synchronized void startOnce() {
    if (thread == null && !closed) {
      thread = Thread.ofPlatform().daemon().name("gantry-local-watch").start(this::run);
    }
  }

  private void run() {
    try (WatchService service = runtime.store().folder().getFileSystem().newWatchService()) {
      Files.createDirectories(runtime.store().folder());
      runtime
          .store()
          .folder()
          .register(
              service,
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_MODIFY,
              StandardWatchEventKinds.ENTRY_DELETE);
      loop(service);
    } catch (IOException | ClosedWatchServiceException e) {
      // For example, the user's limit of inotify instances: looking at intervals is enough.
      LOG.debug("no notifications for {}", runtime.store().folder(), e);
      loop(null);
    }
  }

  private void loop(@Nullable WatchService service) {
    while (!closed) {
      look();
      try {
        pause(service);
      } catch (InterruptedException e) {
        return; // closed
      }
    }
  }

  private static void pause(@Nullable WatchService service) throws InterruptedException {
    if (service == null) {
      Thread.sleep(INTERVAL);
      return;
    }
    WatchKey key = service.poll(INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
    if (key != null) {
      key.pollEvents();
      key.reset();
    }
  }

  private void look() {
    if (watches.isEmpty()) {
      return;
    }
    try {
      Contents now = runtime.store().read();
      watches.forEach(watching -> compare(watching, now));
      complained = false;
    } catch (RuntimeException e) {
      if (!complained && !closed) {
        LOG.warn("watches of the local store see nothing for now", e);
        complained = true;
      }
    }
  }

  private void compare(Watching watching, Contents now) {
    Contents before = watching.seen;
    watching.seen = now;
    long known = before == null ? watching.read : before.revision();
    if (known == now.revision()) {
      return;
    }
    Set<String> changed = before == null ? Set.of(watching.prefix) : now.changedSince(before);
    if (changed.stream().anyMatch(key -> key.startsWith(watching.prefix))) {
      // A store that was removed begins anew.
      long revision = now.revision() > known ? now.revision() : Coordinator.UNKNOWN;
      runtime.execute(
          () -> {
            if (!watching.closed) {
              watching.changed.accept(revision);
            }
          });
    }
  }
}
