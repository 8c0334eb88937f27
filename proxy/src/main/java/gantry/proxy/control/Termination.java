package gantry.proxy.control;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What SIGTERM and SIGINT do: no new connections, an end to idle ones of HTTP, then time for those
 * that are open, then the end with exit code 0. A client that says stop meanwhile ends it at once.
 */
final class Termination implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("gantry.proxy");
  private static final long LOOK_MILLIS = 20;
  private static final long END_SECONDS = 5;

  private final Steering steering;
  private final Supplier<Duration> grace;
  private final Runnable end;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook = new Thread(this::run, "proxy-termination");

  /**
   * Gets ready for the signal.
   *
   * @param grace asked for when the signal comes
   * @param end ends the process's main work
   */
  Termination(Steering steering, Supplier<Duration> grace, Runnable end) {
    this.steering = steering;
    this.grace = grace;
    this.end = end;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** The process ends by itself. */
  @Override
  public void close() {
    over.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException signalled) {
      LOG.log(Level.FINE, "ending by a signal", signalled);
    }
  }

  private void run() {
    try {
      Duration limit = grace.get();
      steering.stopAccepting();
      int open = steering.clients();
      LOG.log(
          Level.INFO,
          "told to end by a signal: {0} connections have {1} ms to end",
          new Object[] {Integer.toString(open), Long.toString(limit.toMillis())});
      int left = await(limit);
      LOG.log(Level.INFO, "ended with {0} connections open", Integer.toString(left));
    } catch (RefusedException e) {
      LOG.log(Level.WARNING, "cannot end in order: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end.run();
    awaitEnd();
    Runtime.getRuntime().halt(0);
  }

  /** For a moment: the files that belong to the process are removed by its main thread. */
  private void awaitEnd() {
    try {
      if (!over.await(END_SECONDS, TimeUnit.SECONDS)) {
        LOG.log(Level.WARNING, "the end takes longer than it should");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int await(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    int open = steering.clients();
    while (open > 0 && System.nanoTime() - deadline < 0) {
      if (over.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        return 0;
      }
      open = steering.clients();
    }
    return open;
  }
}
