package gantry.plugin.coordinator.local;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store, the threads and the open sessions of one coordinator. */
final class LocalRuntime implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalRuntime.class);

  private final LocalStore store;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("gantry-local-timer").factory());
  private final Set<LocalSession> sessions = ConcurrentHashMap.newKeySet();

  LocalRuntime(LocalStore store) {
    this.store = store;
  }

  LocalStore store() {
    return store;
  }

  Set<LocalSession> sessions() {
    return sessions;
  }

  /** Runs a task soon, on a thread that it may block. Nothing happens after the close. */
  void execute(Runnable task) {
    try {
      workers.execute(() -> run(task));
    } catch (RejectedExecutionException e) {
      LOG.trace("closed meanwhile", e);
    }
  }

  /** Runs a task after a delay. Nothing happens after the close. */
  void after(Duration delay, Runnable task) {
    try {
      var _ = timer.schedule(() -> execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.trace("closed meanwhile", e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    workers.shutdown();
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.warn("a background task of the local coordinator failed", e);
    }
  }
}
