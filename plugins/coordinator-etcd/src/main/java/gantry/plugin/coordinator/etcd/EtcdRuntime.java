package gantry.plugin.coordinator.etcd;

import gantry.api.Clock;
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

/** The threads and connections of one coordinator. Nothing here runs on jetcd's event loops. */
final class EtcdRuntime implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EtcdRuntime.class);

  private final Clock clock;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("gantry-etcd-timer").factory());
  private final EtcdConnections connections;
  private final EtcdRequests requests;
  private final Set<EtcdSession> sessions = ConcurrentHashMap.newKeySet();
  private final Set<EtcdWatch> watches = ConcurrentHashMap.newKeySet();

  EtcdRuntime(EtcdAccess access, Clock clock) {
    this.clock = clock;
    this.connections = new EtcdConnections(access, workers, clock);
    this.requests = new EtcdRequests(connections, new EtcdErrors(access), clock);
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  Clock clock() {
    return clock;
  }

  EtcdConnections connections() {
    return connections;
  }

  EtcdRequests requests() {
    return requests;
  }

  ExecutorService workers() {
    return workers;
  }

  Set<EtcdSession> sessions() {
    return sessions;
  }

  Set<EtcdWatch> watches() {
    return watches;
  }

  void forget(EtcdSession session) {
    sessions.remove(session);
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
      var _ =
          timer.schedule(() -> execute(task), Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.trace("closed meanwhile", e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    connections.close();
    workers.shutdown();
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.warn("a background task of the etcd coordinator failed", e);
    }
  }
}
