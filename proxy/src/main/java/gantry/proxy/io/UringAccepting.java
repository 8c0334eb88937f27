package gantry.proxy.io;

import org.jspecify.annotations.Nullable;

/** Accepts on one listening socket by one operation that completes again and again. */
final class UringAccepting implements Accepting, UringLoop.Entry {
  private final UringLoop loop;
  private final int fd;
  private final Acceptor acceptor;
  private final long number;
  private @Nullable Runnable stopped;
  private boolean over;

  UringAccepting(UringLoop loop, int fd, Acceptor acceptor) {
    this.loop = loop;
    this.fd = fd;
    this.acceptor = acceptor;
    this.number = loop.add(this);
    submit();
  }

  @Override
  public void complete(int kind, int result, int flags) {
    if (kind != UringLoop.ACCEPT) {
      return;
    }
    if (result >= 0) {
      acceptor.accepted(result);
    }
    if ((flags & UringOps.MORE) == 0) {
      ended(result);
    }
  }

  @Override
  public void stop(Runnable done) {
    stopped = done;
    if (over) {
      done.run();
    } else {
      long accept = UringLoop.userData(UringLoop.ACCEPT, number);
      loop.ops().cancel(accept, UringLoop.userData(UringLoop.CANCEL, number));
    }
  }

  @Override
  public void abandon() {
    stop(() -> {});
  }

  /** The operation is over: by our wish, by an error, or because the kernel felt like it. */
  private void ended(int result) {
    if (stopped != null) {
      over();
      stopped.run();
    } else if (isHarmless(result)) {
      submit();
    } else {
      over();
      acceptor.failed(-result);
    }
  }

  private void over() {
    over = true;
    loop.forget(number);
  }

  private void submit() {
    loop.ops().accept(fd, UringLoop.userData(UringLoop.ACCEPT, number));
  }

  private static boolean isHarmless(int result) {
    return result >= 0
        || result == -Errno.EAGAIN
        || result == -Errno.ECONNABORTED
        || result == -Errno.EINTR;
  }
}
