package gantry.proxy.io;

import org.jspecify.annotations.Nullable;

/**
 * A socket over edge-triggered epoll. Remembers what the kernel last said of it, tries at once what
 * may succeed, and gives the answers afterwards, from the loop's list.
 */
final class EpollSocket extends Socket implements EpollLoop.Entry {
  private static final int INTEREST =
      EpollLoop.IN | EpollLoop.OUT | EpollLoop.RDHUP | EpollLoop.EDGE;
  private static final int OVER = EpollLoop.ERR | EpollLoop.HUP;
  private static final long NONE = -1;

  private final EpollLoop loop;
  private long number = NONE;
  private boolean readable;
  private boolean writable;
  private boolean hungUp;
  private boolean broken;

  private boolean connecting;
  private boolean receiving;
  private @Nullable Chunk into;
  private boolean awaitingReadable;
  private @Nullable Chunk sending;
  private int sendFlags;
  private boolean sent;
  private boolean awaitingWritable;
  private boolean watchingErrors;
  private int error;
  private boolean closing;
  private boolean closed;
  private boolean due;

  EpollSocket(EpollLoop loop, int fd, SocketUser user) {
    super(loop, fd, user);
    this.loop = loop;
  }

  void watch() {
    number = loop.register(fd(), INTEREST, this);
  }

  @Override
  public void ready(int events) {
    boolean over = (events & OVER) != 0;
    readable |= over || (events & (EpollLoop.IN | EpollLoop.RDHUP)) != 0;
    writable |= over || (events & EpollLoop.OUT) != 0;
    hungUp |= over || (events & EpollLoop.RDHUP) != 0;
    broken |= (events & EpollLoop.ERR) != 0;
    answer();
  }

  /** Gives one round of answers; each may ask for more, and that comes in a later round. */
  void answer() {
    due = false;
    if (closing) {
      answerClose();
      return;
    }
    if (connecting) {
      answerConnect();
    }
    if (!closing && error != 0) {
      fail(error);
    }
    if (!closing) {
      answerSend();
    }
    if (!closing && readable) {
      answerReceive();
    }
    if (!closing && broken && watchingErrors) {
      fail(pendingError());
    }
  }

  @Override
  public void connect(NativeAddress address) {
    connecting = true;
    int result = loop.kernel().connect(fd(), address);
    watch();
    if (result != -Errno.EINPROGRESS) {
      error = -result;
      writable = true;
      due();
    }
  }

  @Override
  public void receive() {
    receiving = true;
    dueWhen(readable);
  }

  @Override
  void receiveInto(Chunk chunk) {
    into = chunk;
    receive();
  }

  @Override
  public void send(Chunk chunk, boolean more) {
    sending = chunk;
    sendFlags = more ? Kernel.MSG_MORE : 0;
    trySend();
    dueWhen(sent || error != 0);
  }

  @Override
  boolean isSending() {
    return sent || sending != null;
  }

  @Override
  public boolean hasUnread() {
    return readable;
  }

  @Override
  public void awaitReadable() {
    awaitingReadable = true;
    dueWhen(readable);
  }

  @Override
  public boolean isReceiving() {
    return receiving || awaitingReadable;
  }

  @Override
  public void noLongerReadable() {
    readable = hungUp;
  }

  @Override
  public void awaitWritable() {
    awaitingWritable = true;
    dueWhen(writable);
  }

  @Override
  public void noLongerWritable() {
    writable = broken;
  }

  @Override
  public void watchErrors() {
    watchingErrors = true;
    dueWhen(broken);
  }

  @Override
  public void close() {
    if (!closing) {
      closing = true;
      if (number != NONE) {
        loop.forget(number);
      }
      loop.kernel().close(fd());
      into = released(into);
      sending = released(sending);
      due();
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

  private void answerClose() {
    if (!closed) {
      closed = true;
      user().closed(this);
    }
  }

  private void answerConnect() {
    if (!writable) {
      return;
    }
    connecting = false;
    if (error == 0 && broken) {
      error = pendingError();
    }
    if (error == 0) {
      tellConnected();
    }
  }

  private void answerSend() {
    if (!sent && sending != null && writable) {
      trySend();
    }
    if (sent) {
      sent = false;
      user().sent(this);
    } else if (awaitingWritable && writable) {
      awaitingWritable = false;
      user().writable(this);
    }
    if (!closing && error != 0) {
      fail(error);
    }
  }

  private void trySend() {
    Chunk chunk = sending;
    while (chunk != null && writable && !sent) {
      long from = chunk.address() + chunk.position();
      int count = loop.kernel().send(fd(), from, chunk.length(), sendFlags);
      if (count == chunk.length()) {
        sending = released(chunk);
        sent = true;
      } else if (count >= 0) {
        chunk.content(chunk.position() + count, chunk.limit());
        writable = broken;
      } else if (count == -Errno.EAGAIN) {
        writable = false;
      } else if (count != -Errno.EINTR) {
        sending = released(chunk);
        chunk = null;
        error = -count;
      }
    }
  }

  private void answerReceive() {
    if (receiving) {
      receiving = false;
      Chunk chunk = into == null ? loop.chunkToReceive() : into;
      into = null;
      receive(chunk, chunk.receivable());
    } else if (awaitingReadable) {
      awaitingReadable = false;
      user().readable(this);
    }
  }

  private void receive(Chunk chunk, int room) {
    int count = loop.kernel().receive(fd(), chunk.address() + chunk.limit(), room);
    if (count > 0) {
      readable = count == room || hungUp;
      chunk.content(chunk.position(), chunk.limit() + count);
      user().received(this, chunk);
    } else if (count == -Errno.EAGAIN || count == -Errno.EINTR) {
      readable = count == -Errno.EINTR;
      receiveLater(chunk);
    } else {
      chunk.release();
      if (count == 0) {
        user().ended(this);
      } else {
        fail(-count);
      }
    }
  }

  /** A chunk of ours goes back, so that a waiting socket holds none; one of the user's stays. */
  private void receiveLater(Chunk chunk) {
    receiving = true;
    if (chunk.length() == 0) {
      chunk.release();
    } else {
      into = chunk;
    }
    dueWhen(readable);
  }

  private void fail(int reason) {
    error = 0;
    watchingErrors = false;
    user().failed(this, reason);
  }

  private int pendingError() {
    int reason = loop.kernel().takeError(fd());
    return reason == 0 ? Errno.ECONNRESET : reason;
  }

  private void dueWhen(boolean condition) {
    if (condition) {
      due();
    }
  }

  private void due() {
    if (!due) {
      due = true;
      loop.due(this);
    }
  }

  private static @Nullable Chunk released(@Nullable Chunk chunk) {
    if (chunk != null) {
      chunk.release();
    }
    return null;
  }
}
