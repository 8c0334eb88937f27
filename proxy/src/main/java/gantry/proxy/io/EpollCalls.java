package gantry.proxy.io;

/** The system calls of epoll. */
final class EpollCalls {
  private static final int CLOEXEC = 0x80000;

  private EpollCalls() {}

  static int create(Kernel kernel) {
    try {
      int fd = kernel.result((int) Libc.EPOLL_CREATE1.invokeExact(kernel.errno(), CLOEXEC));
      if (fd < 0) {
        throw new IllegalStateException("epoll is not to be had: " + Errno.text(-fd));
      }
      return fd;
    } catch (IllegalStateException e) {
      throw e;
    } catch (Throwable e) {
      throw Kernel.unexpected(e);
    }
  }

  static int control(Kernel kernel, int epoll, int operation, int fd, long event) {
    try {
      return kernel.result(
          (int) Libc.EPOLL_CTL.invokeExact(kernel.errno(), epoll, operation, fd, event));
    } catch (Throwable e) {
      throw Kernel.unexpected(e);
    }
  }

  static int await(Kernel kernel, int epoll, long events, int max, int timeoutMillis) {
    try {
      return kernel.result(
          (int) Libc.EPOLL_WAIT.invokeExact(kernel.errno(), epoll, events, max, timeoutMillis));
    } catch (Throwable e) {
      throw Kernel.unexpected(e);
    }
  }
}
