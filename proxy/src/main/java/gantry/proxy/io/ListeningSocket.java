package gantry.proxy.io;

import java.io.IOException;

/**
 * A listening socket as a descriptor. The kernel queues clients from the moment it is bound. What
 * is set on it (no delay, late acknowledgements, keep-alive) accepted sockets have from birth.
 * Thread-safe.
 */
public final class ListeningSocket {
  private final int fd;

  private ListeningSocket(int fd) {
    this.fd = fd;
  }

  /**
   * Binds and listens.
   *
   * @throws IOException when the kernel refuses; the message is its reason
   */
  public static ListeningSocket bind(NativeAddress address, int backlog) throws IOException {
    Kernel kernel = new Kernel();
    int fd = kernel.socket(address.family(), 0);
    if (fd < 0) {
      throw new IOException(Errno.text(-fd));
    }
    kernel.reuseAddress(fd);
    if (address.family() == NativeAddress.AF_INET6) {
      kernel.onlyV6(fd, false);
    }
    int result = kernel.bind(fd, address);
    if (result == 0) {
      kernel.noDelay(fd);
      result = kernel.listen(fd, backlog);
    }
    if (result < 0) {
      kernel.close(fd);
      throw new IOException(Errno.text(-result));
    }
    // Only now: to start to listen forgets it.
    kernel.piggybackAcks(fd);
    return new ListeningSocket(fd);
  }

  /** Takes over a descriptor that already listens, such as one from another process. */
  public static ListeningSocket of(int fd) {
    return new ListeningSocket(fd);
  }

  /** The descriptor. */
  public int fd() {
    return fd;
  }

  /** Has the kernel ask silent clients whether they still live. */
  public void keepAlive(int idleSeconds, int intervalSeconds, int probes) {
    new Kernel().keepAlive(fd, idleSeconds, intervalSeconds, probes);
  }

  /** Closes it; clients that were not accepted yet are reset. */
  public void close() {
    new Kernel().close(fd);
  }
}
