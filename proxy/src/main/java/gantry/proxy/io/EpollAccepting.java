package gantry.proxy.io;

/** Accepts on one listening socket by epoll. */
final class EpollAccepting implements Accepting, EpollLoop.Entry {
  /** Connections that are accepted before others get their turn. */
  private static final int PER_TURN = 64;

  private final EpollLoop loop;
  private final int fd;
  private final Acceptor acceptor;
  private final long number;
  private boolean stopped;

  EpollAccepting(EpollLoop loop, int fd, Acceptor acceptor) {
    this.loop = loop;
    this.fd = fd;
    this.acceptor = acceptor;
    this.number = loop.register(fd, EpollLoop.IN, this);
  }

  @Override
  public void ready(int events) {
    for (int i = 0; i < PER_TURN && !stopped; i++) {
      int client = loop.kernel().accept(fd, Kernel.NONBLOCK);
      if (client >= 0) {
        acceptor.accepted(client);
      } else if (client == -Errno.EAGAIN) {
        return;
      } else if (client != -Errno.ECONNABORTED && client != -Errno.EINTR) {
        end();
        acceptor.failed(-client);
      }
    }
  }

  @Override
  public void stop(Runnable done) {
    end();
    done.run();
  }

  @Override
  public void abandon() {
    end();
  }

  private void end() {
    if (!stopped) {
      stopped = true;
      loop.unregister(fd, number);
    }
  }
}
