package gantry.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.Clock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Steady traffic to some addresses: for each a client that opens a connection for every request,
 * and one that keeps its connection for {@value #KEPT_FOR} requests. Every answer is checked.
 * Bounded in rate, count and time.
 */
final class Traffic implements AutoCloseable {
  /**
   * A kept connection holds its old container; its clients come back now and then, as real ones.
   */
  private static final int KEPT_FOR = 20;

  private static final Duration PACE = Duration.ofMillis(25);
  private static final int MAX_REQUESTS = 100_000;
  private static final int MAX_FAILURES = 50;

  private final List<Client> clients = new ArrayList<>();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicLong requests = new AtomicLong();
  private volatile boolean ended;

  private Traffic(List<InetSocketAddress> addresses) {
    for (InetSocketAddress address : addresses) {
      clients.add(new Client(address, 1));
      clients.add(new Client(address, KEPT_FOR));
    }
  }

  static Traffic to(List<InetSocketAddress> addresses) {
    Traffic traffic = new Traffic(addresses);
    traffic.clients.forEach(client -> client.thread.start());
    return traffic;
  }

  /** Requests that were answered, or failed. */
  long requests() {
    return requests.get();
  }

  /** Ends it and asserts that every request was answered well. */
  void endWithoutFailure() {
    close();
    assertThat(failures).as("failed requests of %d", requests()).isEmpty();
    assertThat(requests()).isPositive();
  }

  /** The versions that a client saw, in order, each once for as long as it went on. */
  List<List<String>> versionsByClient() {
    return clients.stream().map(client -> List.copyOf(client.versions)).toList();
  }

  /** Whether each client saw these versions and no others, in this order. */
  boolean allSaw(List<String> versions) {
    return versionsByClient().stream().allMatch(versions::equals);
  }

  @Override
  public void close() {
    ended = true;
    for (Client client : clients) {
      try {
        client.thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private final class Client {
    private final InetSocketAddress address;
    private final int keptFor;
    private final List<String> versions = new CopyOnWriteArrayList<>();
    private final Thread thread = Thread.ofVirtual().unstarted(this::run);
    private int count;

    Client(InetSocketAddress address, int keptFor) {
      this.address = address;
      this.keptFor = keptFor;
    }

    private void run() {
      while (goesOn()) {
        long start = Clock.SYSTEM.monotonicNanos();
        try (WebConnection connection = WebConnection.open(address)) {
          for (int i = 0; i < keptFor && goesOn(); i++) {
            start = Clock.SYSTEM.monotonicNanos();
            ask(connection);
            LockSupport.parkNanos(PACE.toNanos());
          }
        } catch (IOException e) {
          requests.incrementAndGet();
          long millis = Clock.SYSTEM.since(start).toMillis();
          failures.add(Clock.SYSTEM.wallTime() + " " + address + " after " + millis + " ms: " + e);
        }
      }
    }

    private void ask(WebConnection connection) throws IOException {
      String version = connection.ask("/" + keptFor + "-" + ++count);
      requests.incrementAndGet();
      if (versions.isEmpty() || !versions.getLast().equals(version)) {
        versions.add(version);
      }
    }

    private boolean goesOn() {
      return !ended && requests.get() < MAX_REQUESTS && failures.size() < MAX_FAILURES;
    }
  }
}
