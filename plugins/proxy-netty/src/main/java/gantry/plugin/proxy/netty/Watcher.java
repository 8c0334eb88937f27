package gantry.plugin.proxy.netty;

import gantry.proxy.client.ProxyClient;
import gantry.proxy.client.ProxyRefusedException;
import gantry.proxy.client.ProxyWatch;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a stream of events open and wakes somebody on each, on its loss and on its return. */
final class Watcher {
  private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

  private final ProxyClient client;
  private final Runnable wake;
  private final Thread thread = Thread.ofVirtual().name("proxy-watch").unstarted(this::run);
  private Duration pause = FIRST_PAUSE;
  private volatile boolean closed;
  private volatile @Nullable ProxyWatch current;

  Watcher(ProxyClient client, Runnable wake) {
    this.client = client;
    this.wake = wake;
  }

  void start() {
    thread.start();
  }

  /** Ends it; a wake that is under way may still run. */
  void close() {
    closed = true;
    thread.interrupt();
    ProxyWatch watch = current;
    if (watch != null) {
      closeQuietly(watch);
    }
  }

  private void run() {
    while (!closed) {
      try (ProxyWatch watch = client.watch(CONNECT_LIMIT)) {
        current = watch;
        follow(watch);
      } catch (IOException | ProxyRefusedException e) {
        LOG.debug("no events from the proxy: {}", e.getMessage());
      }
      rest();
    }
  }

  /** Wakes on the connection, on each event and on its end. */
  private void follow(ProxyWatch watch) {
    pause = FIRST_PAUSE;
    try {
      while (!closed) {
        wake();
        watch.await();
      }
    } catch (IOException e) {
      LOG.debug("the proxy's events ended: {}", e.getMessage());
      wake();
    }
  }

  private void wake() {
    if (closed) {
      return;
    }
    try {
      wake.run();
    } catch (RuntimeException e) {
      LOG.warn("a watcher of the proxy failed", e);
    }
  }

  private void rest() {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      // Only close() interrupts; the loop looks at that.
      return;
    }
    Duration longer = pause.multipliedBy(2);
    pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
  }

  private static void closeQuietly(ProxyWatch watch) {
    try {
      watch.close();
    } catch (IOException e) {
      LOG.debug("closing the proxy's events failed", e);
    }
  }
}
