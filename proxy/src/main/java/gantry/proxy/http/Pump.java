package gantry.proxy.http;

import gantry.proxy.io.Chunk;
import gantry.proxy.io.Socket;
import gantry.proxy.io.Splice;
import org.jspecify.annotations.Nullable;

/**
 * Moves one message from one socket to the other. While one chunk is being sent the next is
 * received already, and no third: a peer that stalls costs two chunks at most. What is long is
 * spliced. Reusable.
 */
final class Pump implements Splice.User {
  private final Exchange exchange;
  private final BodyLength body = new BodyLength();
  private @Nullable Socket from;
  private @Nullable Socket to;
  private boolean sending;
  private boolean broken;
  private int fullChunks;
  private @Nullable Chunk next;
  private @Nullable Splice splice;

  Pump(Exchange exchange) {
    this.exchange = exchange;
  }

  /** The body that it moves. */
  BodyLength body() {
    return body;
  }

  /** Sets the sockets, before anything is sent. */
  void connect(Socket source, Socket sink) {
    from = source;
    to = sink;
  }

  /** Sends a chunk that has been looked at, and goes on with the rest of the body. */
  void send(Chunk chunk) {
    exchange.progress(this, chunk.length());
    if (sending) {
      next = chunk;
      return;
    }
    sending = true;
    fullChunks = chunk.length() >= HttpLimits.FULL_BYTES ? fullChunks + 1 : 0;
    boolean goesOn = !body.isOver() && !isBulk();
    socket(to).send(chunk, goesOn && socket(from).hasUnread());
    if (goesOn) {
      receive();
    }
  }

  /** The sink took a chunk. */
  void sent() {
    sending = false;
    Chunk waiting = next;
    next = null;
    if (waiting != null) {
      send(waiting);
    } else if (body.isOver()) {
      exchange.delivered(this);
    } else if (isBulk()) {
      splice();
    }
  }

  /** The body ends with its connection, which has ended. */
  void end() {
    body.end();
    if (!isBusy()) {
      exchange.delivered(this);
    }
  }

  /** The sink takes nothing any more: what else comes is dropped, and nothing more is read. */
  void breakOff() {
    broken = true;
    sending = false;
    drop();
  }

  boolean isBroken() {
    return broken;
  }

  /** Whether the sink has something that it did not take yet. */
  boolean isBusy() {
    return sending || next != null;
  }

  /** Whether it is sending or splicing. */
  boolean isMoving() {
    return isBusy() || splice != null;
  }

  /** Tells the sink that nothing more comes. */
  void shutdownSink() {
    socket(to).shutdownOutput();
  }

  /** Whether everything was moved, or nothing was to be. */
  boolean isDone() {
    return body.isOver() && !isBusy() && !broken;
  }

  void readable() {
    if (splice != null) {
      splice.readable();
    }
  }

  void writable() {
    if (splice != null) {
      splice.writable();
    }
  }

  /** Asks for more of the body, if it is not being asked for already. */
  void receive() {
    Socket source = socket(from);
    if (!broken && !source.isReceiving()) {
      source.receive();
    }
  }

  /** Gives back what it holds, and forgets everything. */
  void clear() {
    drop();
    from = null;
    to = null;
    sending = false;
    broken = false;
    fullChunks = 0;
    body.begin(0);
  }

  @Override
  public void moved(long bytes) {
    body.moved(bytes);
    exchange.progress(this, bytes);
  }

  @Override
  public void done() {
    splice = null;
    exchange.delivered(this);
  }

  @Override
  public void ended() {
    splice = null;
    exchange.sourceEnded(this);
  }

  @Override
  public void unavailable() {
    splice = null;
    fullChunks = Integer.MIN_VALUE;
    receive();
  }

  @Override
  public void failed(int errno) {
    splice = null;
    exchange.spliceFailed(this);
  }

  private boolean isBulk() {
    long left = body.left();
    return left >= HttpLimits.BULK_BYTES
        && fullChunks >= (left == Long.MAX_VALUE ? HttpLimits.FULL_CHUNKS : 0);
  }

  private void splice() {
    splice = new Splice(socket(from), socket(to), body.left(), this);
    splice.start();
  }

  private void drop() {
    if (next != null) {
      next.release();
      next = null;
    }
    if (splice != null) {
      splice.abandon();
      splice = null;
    }
  }

  private static Socket socket(@Nullable Socket socket) {
    if (socket == null) {
      throw new IllegalStateException("not connected");
    }
    return socket;
  }
}
