package gantry.bench.deploy;

import gantry.bench.deploy.Switchboard.Position;
import gantry.bench.peer.Layer;
import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** What all clients have in common: they go on until they are told to stop, and keep books. */
abstract class Client implements Runnable {
  /** Requests are numbered through, over all clients of the process. */
  private static final AtomicLong REQUESTS = new AtomicLong();

  private final Ledger ledger;
  private final Switchboard board;
  private final Target target;
  private volatile boolean stopped;

  Client(Target target, Switchboard board, Ledger ledger) {
    this.target = target;
    this.board = board;
    this.ledger = ledger;
  }

  @Override
  public final void run() {
    while (!stopped) {
      try {
        useConnection();
      } catch (IOException e) {
        throw new IllegalStateException("a socket cannot be closed", e);
      }
    }
  }

  /** Opens a connection and does what this client does with one. */
  abstract void useConnection() throws IOException;

  void stop() {
    stopped = true;
  }

  final boolean isStopped() {
    return stopped;
  }

  final Target target() {
    return target;
  }

  final Position position() {
    return board.position();
  }

  final Ledger ledger() {
    return ledger;
  }

  static long nextRequest() {
    return REQUESTS.incrementAndGet();
  }

  /** Books what was answered; {@code began} is when that began which the proxy gives away. */
  final void book(Position began, long request, long startNanos, String backend) {
    if (board.isMisrouted(began, backend)) {
      String message = "answered by " + backend + " after " + began.backend() + " was acknowledged";
      lose(Loss.MISROUTED, request, startNanos, message);
    } else {
      ledger.done();
    }
  }

  /** Books an error. */
  final void book(IOException e, long request, long startNanos) {
    lose(LostException.lossOf(e), request, startNanos, e.toString());
  }

  private void lose(Loss loss, long request, long startNanos, String message) {
    ledger.lost(new Ledger.Lost(loss, request, startNanos, System.nanoTime(), message));
  }

  /** Thinks for a random time, so that connections are idle at every possible moment. */
  static void think(long mostNanos) {
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(mostNanos));
  }

  /**
   * Where a client connects.
   *
   * @param layer what the proxy gives to a backend there: a connection, or each request
   */
  record Target(Layer layer, int port) {}
}
