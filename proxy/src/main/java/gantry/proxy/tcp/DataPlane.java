package gantry.proxy.tcp;

import gantry.proxy.io.ListeningSocket;
import gantry.proxy.io.Loop;
import gantry.proxy.io.Loops;
import gantry.proxy.io.NativeAddress;
import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The event loops with their listeners and the table in force. Thread-safe, but switches must come
 * one at a time.
 */
public final class DataPlane implements AutoCloseable {
  private final Consumer<Tally> idle;
  private final ClientStarter http;
  private final Loops loops;
  private final List<Worker> workers = new ArrayList<>();
  private final Map<WireAddress, ListenerCounts> counts = new ConcurrentHashMap<>();
  private final Set<BoundListener> listeners = ConcurrentHashMap.newKeySet();
  private volatile boolean retired;
  private volatile boolean ending;
  private volatile RouteTable table = RouteTable.EMPTY;

  /**
   * Starts the event loops.
   *
   * @param idle told on an event loop whenever a count fell to zero; must not block
   * @param http takes the clients of routes of that kind
   */
  public DataPlane(Transport transport, int count, Consumer<Tally> idle, ClientStarter http) {
    this.idle = idle;
    this.http = http;
    this.loops = new Loops(transport.kind(), count);
    for (Loop loop : loops.all()) {
      workers.add(new Worker(workers.size(), loop, this, Limits.MAX_CONNECTIONS / count));
    }
  }

  /** As many event loops as this machine can use. */
  public static int defaultLoops() {
    return Math.clamp(Runtime.getRuntime().availableProcessors(), 1, Limits.MAX_LOOPS);
  }

  /** Makes the count for a backend that has none yet. */
  public Tally newTally(String owner, String id) {
    return new Tally(owner, id, workers.size());
  }

  /** Makes the counters of a backend for a route. */
  public RouteCounters newCounters() {
    return new RouteCounters(workers.size());
  }

  /**
   * Binds a listener without accepting yet.
   *
   * @throws IOException when the kernel refuses
   */
  public BoundListener bind(WireAddress address) throws IOException {
    try {
      return listener(
          address,
          ListeningSocket.bind(new NativeAddress(address.socketAddress()), Limits.BACKLOG));
    } catch (IOException e) {
      throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
    }
  }

  /** Takes over a socket that listens already, without accepting yet. */
  public BoundListener listener(WireAddress address, ListeningSocket socket) {
    socket.keepAlive(
        (int) Limits.KEEPALIVE_IDLE.toSeconds(),
        (int) Limits.KEEPALIVE_INTERVAL.toSeconds(),
        Limits.KEEPALIVE_PROBES);
    BoundListener listener = new BoundListener(address, socket, workers, listeners::remove);
    listeners.add(listener);
    return listener;
  }

  /**
   * Puts a table in force. Returns when every new connection is assigned from it, and those that
   * were assigned from the old one are all in its counts.
   *
   * @throws IOException when an event loop did not take note in time; the table may or may not be
   *     in force everywhere
   */
  public void publish(RouteTable next) throws IOException {
    table = next;
    CountDownLatch noted = new CountDownLatch(workers.size());
    for (Worker worker : workers) {
      worker
          .loop()
          .execute(
              () -> {
                noted.countDown();
                worker.tableChanged();
              });
    }
    try {
      if (!noted.await(Limits.SWITCH_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("an event loop did not answer within " + Limits.SWITCH_TIMEOUT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while switching", e);
    }
  }

  /** Client connections that are open, whatever they do. */
  public int clients() {
    return counts.values().stream().mapToInt(ListenerCounts::clients).sum();
  }

  /** What is counted of a listener, from its first client on. */
  public ListenerCounts counts(WireAddress listener) {
    return counts.computeIfAbsent(listener, key -> new ListenerCounts());
  }

  /** No new clients will come: those that could stay idle are asked to leave when they can. */
  public void retire() {
    retired = true;
  }

  /** The process is about to end: idle clients leave now, the others as after {@link #retire()}. */
  public void end() {
    retire();
    ending = true;
    workers.forEach(worker -> worker.loop().execute(worker.loop()::expireIdle));
  }

  /** Whether {@link #end()} was called. */
  boolean isEnding() {
    return ending;
  }

  /** Whether {@link #retire()} was called. */
  boolean isRetired() {
    return retired;
  }

  /**
   * Open connections of some backends, the oldest first.
   *
   * @param limit most that are told
   * @throws IOException when an event loop did not answer in time
   */
  public List<WireConnection> list(Collection<Tally> tallies, int limit) throws IOException {
    ConnectionList list = new ConnectionList(tallies, limit);
    return list.merged(onLoops(list::on));
  }

  /**
   * How long backends have been silent: the time since the last byte of any of their open
   * connections. Those without a connection are left out.
   *
   * @throws IOException when an event loop did not answer in time
   */
  public Map<Tally, Duration> silence(Collection<Tally> tallies) throws IOException {
    return tallies.isEmpty() ? Map.of() : Silence.merged(onLoops(new Silence(tallies)::on));
  }

  private <T> List<T> onLoops(Function<Worker, T> question) throws IOException {
    List<CompletableFuture<T>> loops =
        workers.stream()
            .map(w -> CompletableFuture.supplyAsync(() -> question.apply(w), w.loop()::execute))
            .toList();
    try {
      CompletableFuture.allOf(loops.toArray(CompletableFuture<?>[]::new))
          .get(Limits.SWITCH_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      return loops.stream().map(CompletableFuture::join).toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while looking at connections", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("an event loop did not look at its connections: " + e, e);
    }
  }

  /** Ends all connections and listeners. */
  @Override
  public void close() {
    listeners.forEach(BoundListener::close);
    loops.close();
  }

  ClientStarter http() {
    return http;
  }

  RouteTable table() {
    return table;
  }

  /** A loop's view of a listener; called on loops. */
  LoopListener newLoopListener(WireAddress address) {
    return new LoopListener(address, counts(address));
  }

  void idle(Tally tally) {
    idle.accept(tally);
  }
}
