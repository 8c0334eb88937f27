package gantry.plugin.driver.process;

import gantry.api.GantryException;
import gantry.api.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices starts and ends: at once those that this JVM causes or sees as a parent, the others by
 * looking at regular intervals. Owns one thread while there are watches.
 */
final class WatchLoop implements AutoCloseable {
  /** How late the start or end of another process' child is noticed. */
  static final Duration INTERVAL = Duration.ofMillis(200);

  private static final Logger LOG = LoggerFactory.getLogger(WatchLoop.class);

  private final Function<Map<String, String>, Set<String>> lives;
  private final List<Watch> watches = new CopyOnWriteArrayList<>();
  private final Semaphore pokes = new Semaphore(0);
  private @Nullable Thread thread;

  /**
   * A loop that has not begun.
   *
   * @param lives tells the present lives of the containers that carry some labels: any difference
   *     is a start or an end
   */
  WatchLoop(Function<Map<String, String>, Set<String>> lives) {
    this.lives = lives;
  }

  private final class Watch {
    private final Map<String, String> labels;
    private final Runnable wake;
    private Set<String> seen;

    Watch(Map<String, String> labels, Runnable wake) {
      this.labels = Map.copyOf(labels);
      this.wake = wake;
      this.seen = lives.apply(labels);
    }

    void look() {
      try {
        Set<String> now = lives.apply(labels);
        if (now.equals(seen)) {
          return;
        }
        seen = now;
      } catch (GantryException e) {
        LOG.debug("cannot see the containers; waking in case something was missed", e);
      }
      try {
        wake.run();
      } catch (RuntimeException e) {
        LOG.error("a watcher of containers failed when it was woken", e);
      }
    }
  }

  synchronized Subscription add(Map<String, String> labels, Runnable wake) {
    Watch watch = new Watch(labels, wake);
    watches.add(watch);
    if (thread == null) {
      thread = Thread.ofVirtual().name("process-watch").start(this::run);
    }
    return () -> watches.remove(watch);
  }

  /** Looks now. */
  void poke() {
    pokes.release();
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      watches.forEach(Watch::look);
      try {
        if (pokes.tryAcquire(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
          pokes.drainPermits();
        }
      } catch (InterruptedException e) {
        return; // closed
      }
    }
  }

  @Override
  public synchronized void close() {
    watches.clear();
    if (thread != null) {
      thread.interrupt();
    }
  }
}
