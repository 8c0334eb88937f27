package gantry.proxy.tcp;

import gantry.proxy.io.Chunk;
import gantry.proxy.io.Socket;
import gantry.proxy.io.Splice;
import org.jspecify.annotations.Nullable;

/**
 * Copies one way. While one chunk is being sent the next is received already, and no third: so a
 * peer that stalls costs two chunks at most. A direction that turns out to be bulk goes on by
 * splicing.
 */
final class Direction implements Splice.User {
  /** Full chunks in a row that make it bulk. */
  private static final int FULL_CHUNKS = 3;

  private static final int FULL_BYTES = 60 * 1024;

  private final TcpConnection connection;
  private final Socket from;
  private final Socket to;
  private boolean sending;
  private @Nullable Chunk next;
  private int fullChunks;
  private @Nullable Splice splice;
  private boolean ended;
  private boolean finished;
  private boolean watched;

  Direction(TcpConnection connection, Socket from, Socket to) {
    this.connection = connection;
    this.from = from;
    this.to = to;
  }

  /** Sends something of our own before everything else. */
  void preface(Chunk chunk) {
    sending = true;
    to.send(chunk);
  }

  void received(Chunk chunk) {
    connection.progress(connection.isUp(this), chunk.length());
    fullChunks = chunk.length() >= FULL_BYTES ? fullChunks + 1 : 0;
    if (sending) {
      next = chunk;
      connection.stalled();
    } else {
      send(chunk);
    }
  }

  void sent() {
    sending = false;
    Chunk waiting = next;
    next = null;
    if (waiting != null) {
      send(waiting);
    } else if (ended) {
      finish();
    } else if (fullChunks >= FULL_CHUNKS) {
      splice();
    }
  }

  void inputEnded() {
    ended = true;
    connection.stalled();
    if (!sending) {
      finish();
    }
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

  boolean isFinished() {
    return finished;
  }

  /**
   * Has the source's end or reset noticed although it is not being read: when it has ended, or when
   * the sink has been slow for some time. A client that goes away must not hold its backend until
   * somebody writes to it.
   */
  void watchSource() {
    boolean unread = ended || next != null || (splice != null && splice.isHolding());
    if (unread && !watched) {
      watched = true;
      from.watchErrors();
    }
  }

  /** Gives back what it holds. A second call does nothing. */
  void abandon() {
    if (next != null) {
      next.release();
      next = null;
    }
    if (splice != null) {
      splice.abandon();
    }
  }

  @Override
  public void moved(long bytes) {
    connection.progress(connection.isUp(this), bytes);
  }

  @Override
  public void done() {
    throw new IllegalStateException("a splice without a limit has reached it");
  }

  @Override
  public void ended() {
    splice = null;
    inputEnded();
  }

  @Override
  public void unavailable() {
    splice = null;
    from.receive();
  }

  @Override
  public void failed(int errno) {
    splice = null;
    connection.reset();
  }

  private void send(Chunk chunk) {
    boolean goesOn = !ended && fullChunks < FULL_CHUNKS;
    sending = true;
    to.send(chunk, goesOn && from.hasUnread());
    if (goesOn) {
      from.receive();
    }
  }

  private void splice() {
    fullChunks = 0;
    splice = new Splice(from, to, Long.MAX_VALUE, this);
    splice.start();
  }

  private void finish() {
    finished = true;
    connection.directionFinished(this);
  }

  Socket sink() {
    return to;
  }
}
