package gantry.proxy.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicBoolean;

/** Wakes a loop that waits in the kernel; from any thread, once until the loop has noticed. */
final class Waker {
  private final int fd;
  private final MemorySegment one = Arena.ofAuto().allocate(ValueLayout.JAVA_LONG);

  /** Written by several threads at once and never read. */
  private final MemorySegment errno = Libc.newErrno();

  private final AtomicBoolean signalled = new AtomicBoolean();

  Waker(int eventfd) {
    this.fd = eventfd;
    one.set(ValueLayout.JAVA_LONG, 0, 1);
  }

  int fd() {
    return fd;
  }

  void wake() {
    if (!signalled.getAndSet(true)) {
      try {
        var _ = (long) Libc.WRITE.invokeExact(errno, fd, one.address(), 8L);
      } catch (Throwable e) {
        throw Kernel.unexpected(e);
      }
    }
  }

  /** The loop is awake: the next call of {@link #wake()} counts again. */
  void noticed() {
    signalled.set(false);
  }
}
