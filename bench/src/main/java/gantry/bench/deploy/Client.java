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

  final Ledger ledger() {
    return ledger;
  }

  /**
   * Asks on a connection, and books what comes of it.
   *
   * @param began when that began which the proxy gives to a backend
   * @return whether it was answered
   */
  final boolean book(Start began, Question question) {
    long asked = System.nanoTime();
    try {
      String backend = question.ask();
      if (board.isMisrouted(began.position(), backend)) {
        String acknowledged = began.position().backend();
        String message = "answered by " + backend + " after " + acknowledged + " was acknowledged";
        lose(Loss.MISROUTED, began, message);
      } else {
        ledger.done(System.nanoTime() - asked);
      }
      return true;
    } catch (IOException e) {
      lose(LostException.lossOf(e), began, e.toString());
      return false;
    }
  }

  private void lose(Loss loss, Start began, String message) {
    ledger.lost(new Ledger.Lost(loss, began.request(), began.nanos(), System.nanoTime(), message));
  }

  /** The start of something with a number of its own, or of a held connection. */
  final Start start(boolean request) {
    return new Start(request ? REQUESTS.incrementAndGet() : 0, System.nanoTime(), board.position());
  }

  /** Thinks for a random time, so that connections are idle at every possible moment. */
  static void think(long mostNanos) {
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(mostNanos));
  }

  /** Something to ask on a connection; the answer is the name of a backend. */
  @FunctionalInterface
  interface Question {
    String ask() throws IOException;
  }

  /**
   * When something began that a proxy gives to a backend.
   *
   * @param request its number; 0 for a held connection
   * @param position where things were to go at that time
   */
  record Start(long request, long nanos, Position position) {
    /** Another request on a connection that began then. */
    Start next() {
      return new Start(REQUESTS.incrementAndGet(), nanos, position);
    }
  }

  /**
   * Where a client connects.
   *
   * @param layer what the proxy gives to a backend there: a connection, or each request
   */
  record Target(Layer layer, int port) {}
}
