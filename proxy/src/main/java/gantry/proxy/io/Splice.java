package gantry.proxy.io;

import org.jspecify.annotations.Nullable;

/**
 * Moves bytes one way from socket to socket through a pipe, so that they are never copied: for
 * bulk. While it runs, the user passes {@link #readable()} of the source and {@link #writable()} of
 * the sink on to it, and neither receives from the one nor sends to the other. One loop.
 */
public final class Splice {
  /** Room of a pipe, where the system allows it; a larger one moved no more. */
  static final int PIPE_BYTES = 1024 * 1024;

  /** What one connection moves before others get their turn. */
  private static final long BYTES_PER_TURN = PIPE_BYTES;

  private final Socket from;
  private final Socket to;
  private final User user;
  private long left;
  private Kernel.@Nullable Pipe pipe;
  private int inPipe;
  private boolean ended;
  private boolean over;

  /** What a splice tells; on the loop. */
  public interface User {
    /** So many bytes have left for the sink. */
    void moved(long bytes);

    /** Everything up to the limit has been moved. */
    void done();

    /** The source ended, and everything before that was moved. */
    void ended();

    /** No pipe is to be had: the user goes on by receiving and sending. */
    void unavailable();

    /** One of the sockets is broken. */
    void failed(int errno);
  }

  /**
   * Prepares to move at most so many bytes.
   *
   * @param limit {@link Long#MAX_VALUE} for everything
   */
  public Splice(Socket from, Socket to, long limit, User user) {
    this.from = from;
    this.to = to;
    this.left = limit;
    this.user = user;
  }

  /** Begins; nothing may be under way between the sockets in this direction. */
  public void start() {
    from.loop().kernel().setNonBlocking(from.fd(), true);
    to.loop().kernel().setNonBlocking(to.fd(), true);
    run();
  }

  /** The source has something. */
  public void readable() {
    run();
  }

  /** The sink takes something. */
  public void writable() {
    run();
  }

  /** Whether bytes wait for the sink. */
  public boolean isHolding() {
    return inPipe > 0;
  }

  /** Stops; what is in the pipe is lost. A second call does nothing. */
  public void abandon() {
    over = true;
    if (pipe != null) {
      if (inPipe > 0) {
        from.loop().pipes().discard(pipe);
      } else {
        from.loop().pipes().giveBack(pipe);
      }
      pipe = null;
    }
  }

  private void run() {
    long moved = 0;
    while (!over && moved < BYTES_PER_TURN) {
      int step = inPipe > 0 ? drain() : fill();
      if (step < 0) {
        return;
      }
      moved += step;
    }
    if (!over) {
      from.loop().execute(this::run);
    }
  }

  /** From the pipe to the sink; negative when there is nothing to go on with now. */
  private int drain() {
    Kernel.Pipe full = pipe;
    if (full == null) {
      throw new IllegalStateException("bytes without a pipe");
    }
    int count = from.loop().kernel().splice(full.in(), to.fd(), inPipe);
    if (count == -Errno.EAGAIN) {
      to.noLongerWritable();
      to.awaitWritable();
      return -1;
    }
    if (count <= 0) {
      return fail(count == 0 ? Errno.EPIPE : -count);
    }
    inPipe -= count;
    user.moved(count);
    return inPipe == 0 && (left == 0 || ended) ? finish() : count;
  }

  /** From the source into the pipe. */
  private int fill() {
    if (pipe == null) {
      pipe = from.loop().pipes().take();
      if (pipe == null) {
        over = true;
        user.unavailable();
        return -1;
      }
    }
    int wanted = (int) Math.min(left, PIPE_BYTES);
    int count = from.loop().kernel().splice(from.fd(), pipe.out(), wanted);
    if (count > 0) {
      inPipe = count;
      left -= count;
      return 0;
    }
    if (count == 0) {
      ended = true;
      return finish();
    }
    return count == -Errno.EAGAIN ? rest() : fail(-count);
  }

  /** A source that is silent holds no pipe. */
  private int rest() {
    giveBack();
    from.noLongerReadable();
    from.awaitReadable();
    return -1;
  }

  private int finish() {
    over = true;
    giveBack();
    if (ended) {
      user.ended();
    } else {
      user.done();
    }
    return -1;
  }

  private int fail(int errno) {
    abandon();
    user.failed(errno);
    return -1;
  }

  private void giveBack() {
    if (pipe != null) {
      from.loop().pipes().giveBack(pipe);
      pipe = null;
    }
  }
}
