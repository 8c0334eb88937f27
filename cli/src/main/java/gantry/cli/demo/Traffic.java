package gantry.cli.demo;

import gantry.api.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Clients of all machines: some keep a connection for a while, some open one for each request. The
 * rate is bounded, so that the machine is busy with the demo and not with its measuring.
 */
final class Traffic implements AutoCloseable {
  /** How long a keep-alive client stays on one connection, and so on an old container. */
  static final Duration KEEP_ALIVE = Duration.ofMillis(500);

  private static final int KEEP_ALIVE_CLIENTS = 3;
  private static final int NEW_CONNECTION_CLIENTS = 2;
  private static final Duration PACE = Duration.ofMillis(50);
  private static final Duration END_LIMIT = Duration.ofSeconds(6);

  private final Clock clock;
  private final Tally tally;
  private final Serving serving;
  private final List<Thread> clients = new ArrayList<>();
  private volatile boolean ending;

  Traffic(Clock clock, Tally tally, Serving serving) {
    this.clock = clock;
    this.tally = tally;
    this.serving = serving;
  }

  void start(List<Site> sites) {
    for (Site site : sites) {
      for (int i = 0; i < KEEP_ALIVE_CLIENTS; i++) {
        clients.add(Thread.startVirtualThread(() -> repeat(site, KEEP_ALIVE)));
      }
      for (int i = 0; i < NEW_CONNECTION_CLIENTS; i++) {
        clients.add(Thread.startVirtualThread(() -> repeat(site, Duration.ZERO)));
      }
    }
  }

  /** Lets each client finish its request. */
  @Override
  public void close() {
    ending = true;
    long start = clock.monotonicNanos();
    try {
      for (Thread client : clients) {
        client.join(END_LIMIT.minus(clock.since(start)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void repeat(Site site, Duration keep) {
    try {
      while (!ending) {
        oneConnection(site, keep);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void oneConnection(Site site, Duration keep) throws InterruptedException {
    long opened = clock.monotonicNanos();
    try (HttpConnection connection = HttpConnection.open(site)) {
      serving.sawNew(site, ask(connection, opened), opened, clock.monotonicNanos());
      Thread.sleep(PACE);
      while (!ending && clock.since(opened).compareTo(keep) < 0) {
        serving.sawOld(site, ask(connection, clock.monotonicNanos()));
        Thread.sleep(PACE);
      }
    } catch (IOException | NumberFormatException e) {
      tally.failed("machine " + site.machine() + ", " + site + ": " + e);
      Thread.sleep(PACE);
    }
  }

  private Server ask(HttpConnection connection, long startNanos) throws IOException {
    Server server = Server.parse(connection.get("/"));
    tally.answered(clock.since(startNanos));
    return server;
  }
}
