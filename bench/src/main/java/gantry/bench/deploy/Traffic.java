package gantry.bench.deploy;

import gantry.bench.deploy.Client.Target;
import gantry.bench.peer.Layer;
import gantry.bench.run.BenchException;
import gantry.bench.run.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** All clients of one run. Closing it ends them. */
final class Traffic implements AutoCloseable {
  private static final int CLIENTS_OF_A_KIND = 8;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final List<Ledger> ledgers = new ArrayList<>();
  private final List<Client> clients = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  /**
   * Starts the clients of every target.
   *
   * @param held whether WebSockets and connections that are not HTTP are held as well
   */
  static Traffic start(List<Target> targets, Switchboard board, boolean held) {
    Traffic traffic = new Traffic();
    for (Target target : targets) {
      String where = target.layer().word() + ", ";
      traffic.add(
          where + "new connections",
          CLIENTS_OF_A_KIND,
          ledger -> new NewConnectionClient(target, board, ledger));
      traffic.add(
          where + "keep-alive",
          CLIENTS_OF_A_KIND,
          ledger -> new KeepAliveClient(target, board, ledger));
      if (held) {
        traffic.hold(where, target, board);
      }
    }
    traffic.threads.forEach(Thread::start);
    return traffic;
  }

  private void hold(String where, Target target, Switchboard board) {
    add(where + "WebSocket", 1, ledger -> new HeldConnectionClient(target, board, ledger, true));
    if (target.layer() == Layer.TCP) {
      add(where + "raw", 1, ledger -> new HeldConnectionClient(target, board, ledger, false));
    }
  }

  private void add(String name, int count, Function<Ledger, Client> kind) {
    Ledger ledger = new Ledger(name);
    ledgers.add(ledger);
    for (int i = 0; i < count; i++) {
      Client client = kind.apply(ledger);
      clients.add(client);
      threads.add(Thread.ofPlatform().daemon().name(name + " " + i).unstarted(client));
    }
  }

  List<Ledger> ledgers() {
    return ledgers;
  }

  /** Waits for an interval, and longer when some kind of client has not done as many requests. */
  void flow(Duration interval, int requests) {
    List<Long> before = ledgers.stream().map(Ledger::requests).toList();
    long start = System.nanoTime();
    Waiting.until(
        LIMIT,
        "all clients to do " + requests + " requests",
        () -> System.nanoTime() - start > interval.toNanos() && haveDone(before, requests));
  }

  private boolean haveDone(List<Long> before, int requests) {
    for (int i = 0; i < ledgers.size(); i++) {
      if (ledgers.get(i).requests() - before.get(i) < requests) {
        return false;
      }
    }
    return true;
  }

  /** Returns when every client has finished the request that it was at. */
  @Override
  public void close() {
    clients.forEach(Client::stop);
    for (Thread thread : threads) {
      try {
        if (!thread.join(LIMIT)) {
          throw new BenchException("client '" + thread.getName() + "' does not end");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BenchException("interrupted while clients end", e);
      }
    }
  }
}
