package gantry.proxy.io;

import org.jspecify.annotations.Nullable;

/**
 * A socket over io_uring. Its descriptor is a blocking one, because the kernel waits only on those;
 * a splice makes it non-blocking, and from then on every receive and send waits for readiness
 * first.
 */
final class UringSocket extends Socket implements UringLoop.Entry {
  private final UringLoop loop;
  private final long number;
  private boolean waitFirst;
  private boolean receiving;
  private boolean awaitingReadable;
  private @Nullable Chunk into;
  private @Nullable Chunk sending;
  private boolean moreFollows;
  private boolean awaitingWritable;
  private int underWay;
  private boolean closing;

  /**
   * Takes over a descriptor.
   *
   * @param quiet whether nothing is expected to be received at first
   */
  UringSocket(UringLoop loop, int fd, SocketUser user, boolean quiet) {
    super(loop, fd, user);
    this.loop = loop;
    this.waitFirst = quiet;
    this.number = loop.add(this);
  }

  @Override
  public void complete(int kind, int result, int flags) {
    underWay--;
    switch (kind) {
      case UringLoop.RECEIVE -> received(result, flags);
      case UringLoop.SEND -> sent(result);
      case UringLoop.CONNECT -> connected(result);
      case UringLoop.READABLE -> becameReadable();
      case UringLoop.WRITABLE -> becameWritable();
      case UringLoop.ERRORS -> errorsSeen(result);
      default -> {}
    }
    if (closing && underWay == 0) {
      loop.forget(number);
      user().closed(this);
    }
  }

  @Override
  public void connect(NativeAddress address) {
    loop.ops().connect(fd(), address, under(UringLoop.CONNECT));
  }

  @Override
  public void receive() {
    receiving = true;
    loop.ops().receive(fd(), waitFirst, under(UringLoop.RECEIVE));
  }

  @Override
  void receiveInto(Chunk chunk) {
    receiving = true;
    into = chunk;
    long address = chunk.address() + chunk.limit();
    loop.ops().receive(fd(), address, chunk.receivable(), under(UringLoop.RECEIVE));
  }

  @Override
  public void send(Chunk chunk, boolean more) {
    sending = chunk;
    moreFollows = more;
    long address = chunk.address() + chunk.position();
    loop.ops().send(fd(), address, chunk.length(), more, under(UringLoop.SEND));
  }

  @Override
  boolean isSending() {
    return sending != null;
  }

  @Override
  public void awaitReadable() {
    awaitingReadable = true;
    loop.ops().poll(fd(), UringOps.POLL_IN, under(UringLoop.READABLE));
  }

  @Override
  public boolean hasUnread() {
    return !waitFirst;
  }

  @Override
  public boolean isReceiving() {
    return receiving || awaitingReadable;
  }

  @Override
  public void noLongerReadable() {
    // The kernel looks anew each time.
  }

  @Override
  public void awaitWritable() {
    awaitingWritable = true;
    loop.ops().poll(fd(), UringOps.POLL_OUT, under(UringLoop.WRITABLE));
  }

  @Override
  public void noLongerWritable() {
    // The kernel looks anew each time.
  }

  @Override
  public void watchErrors() {
    loop.ops().poll(fd(), 0, under(UringLoop.ERRORS));
  }

  @Override
  public void close() {
    if (!closing) {
      closing = true;
      if (underWay > 0) {
        loop.ops().cancelAll(fd(), under(UringLoop.CANCEL));
      }
      loop.ops().close(fd(), under(UringLoop.CLOSE));
    }
  }

  @Override
  public boolean isClosing() {
    return closing;
  }

  @Override
  public void abandon() {
    close();
  }

  private void connected(int result) {
    if (closing) {
      return;
    }
    if (result < 0) {
      user().failed(this, -result);
    } else {
      tellConnected();
    }
  }

  private void received(int result, int flags) {
    Chunk chunk = into;
    into = null;
    if ((flags & UringOps.HAS_BUFFER) != 0) {
      chunk = loop.buffers().take(flags >>> UringOps.BUFFER_SHIFT);
    }
    waitFirst = (flags & UringOps.SOCKET_NOT_EMPTY) == 0;
    if (result == -Errno.ENOBUFS && !closing && !loop.buffers().isScarce()) {
      receive();
    } else if (mustWait(result)) {
      into = chunk;
      loop.ops().poll(fd(), UringOps.POLL_IN, under(UringLoop.READABLE));
    } else {
      deliver(chunk, result);
    }
  }

  /** Not by the kernel's own means: no chunk for it, or a descriptor that does not block. */
  private boolean mustWait(int result) {
    return !closing && (result == -Errno.ENOBUFS || result == -Errno.EAGAIN);
  }

  private void becameReadable() {
    if (closing) {
      release(into);
      into = null;
    } else if (awaitingReadable) {
      awaitingReadable = false;
      user().readable(this);
    } else {
      receiveNow();
    }
  }

  private void receiveNow() {
    Chunk chunk = into == null ? loop.chunkToReceive() : into;
    into = null;
    long to = chunk.address() + chunk.limit();
    int count = loop.kernel().receive(fd(), to, chunk.receivable());
    if (count == -Errno.EAGAIN || count == -Errno.EINTR) {
      if (chunk.length() == 0) {
        chunk.release();
      } else {
        into = chunk;
      }
      loop.ops().poll(fd(), UringOps.POLL_IN, under(UringLoop.READABLE));
    } else {
      deliver(chunk, count);
    }
  }

  private void deliver(@Nullable Chunk chunk, int result) {
    receiving = false;
    if (closing || result <= 0 || chunk == null) {
      release(chunk);
      if (!closing && result == 0) {
        user().ended(this);
      } else if (!closing) {
        user().failed(this, -result);
      }
    } else {
      chunk.content(chunk.position(), chunk.limit() + result);
      user().received(this, chunk);
    }
  }

  private void sent(int result) {
    Chunk chunk = sending;
    if (chunk == null) {
      throw new IllegalStateException("sent what was not there");
    }
    if (closing || (result < 0 && result != -Errno.EAGAIN)) {
      sending = null;
      chunk.release();
      if (!closing) {
        user().failed(this, -result);
      }
    } else if (result == chunk.length()) {
      sending = null;
      chunk.release();
      user().sent(this);
    } else {
      chunk.content(chunk.position() + Math.max(result, 0), chunk.limit());
      loop.ops().poll(fd(), UringOps.POLL_OUT, under(UringLoop.WRITABLE));
    }
  }

  private void becameWritable() {
    Chunk chunk = sending;
    if (closing) {
      release(chunk);
      sending = null;
    } else if (chunk != null) {
      send(chunk, moreFollows);
    } else if (awaitingWritable) {
      awaitingWritable = false;
      user().writable(this);
    }
  }

  private void errorsSeen(int result) {
    if (!closing && result > 0 && (result & UringOps.POLL_ERR) != 0) {
      int reason = loop.kernel().takeError(fd());
      user().failed(this, reason == 0 ? Errno.ECONNRESET : reason);
    }
  }

  private long under(int kind) {
    underWay++;
    return UringLoop.userData(kind, number);
  }

  private static void release(@Nullable Chunk chunk) {
    if (chunk != null) {
      chunk.release();
    }
  }
}
