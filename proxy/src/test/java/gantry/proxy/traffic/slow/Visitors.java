package gantry.proxy.traffic.slow;

import gantry.proxy.traffic.load.HttpConnection;
import gantry.proxy.wire.WireAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** Well-behaved clients: half of them keep their connection, half take one for each request. */
final class Visitors {
  private static final int CLIENTS = 8;
  private static final String PATH = "/100";

  private final WireAddress proxy;
  private final AtomicBoolean over = new AtomicBoolean();
  private final List<Thread> threads = new ArrayList<>();
  private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();

  /** They come at once. */
  Visitors(WireAddress proxy) {
    this.proxy = proxy;
    for (int i = 0; i < CLIENTS; i++) {
      boolean kept = i % 2 == 0;
      threads.add(Thread.ofPlatform().start(() -> visit(kept)));
    }
  }

  int requests() {
    return nanos.size();
  }

  /** Complete once they have left. */
  Queue<String> failures() {
    return failures;
  }

  /** What 99 of 100 requests took at most. */
  Duration p99() {
    List<Long> sorted = nanos.stream().sorted().toList();
    return sorted.isEmpty()
        ? Duration.ZERO
        : Duration.ofNanos(sorted.get((int) (sorted.size() * 0.99)));
  }

  private void visit(boolean kept) {
    while (!over.get()) {
      try (HttpConnection connection = new HttpConnection(proxy)) {
        do {
          long start = System.nanoTime();
          connection.get(PATH);
          nanos.add(System.nanoTime() - start);
        } while (kept && !over.get());
      } catch (IOException e) {
        failures.add(e.toString());
      }
    }
  }

  /** Sends them away; returns when all have left. */
  void sendAway() throws InterruptedException {
    over.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
