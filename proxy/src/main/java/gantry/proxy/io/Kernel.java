package gantry.proxy.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * System calls. What fails returns the error number, negated; nothing throws. An object belongs to
 * one thread.
 */
final class Kernel {
  static final int SOCK_STREAM = 1;
  static final int NONBLOCK = 0x800;
  static final int CLOEXEC = 0x80000;
  static final int MSG_DONTWAIT = 0x40;
  static final int MSG_WAITALL = 0x100;
  static final int MSG_NOSIGNAL = 0x4000;
  static final int MSG_MORE = 0x8000;
  static final int SHUT_WR = 1;
  static final int SPLICE_MOVE_NONBLOCK = 3;
  private static final int PROT_READ_WRITE = 3;
  private static final int MAP_ANONYMOUS = 0x22;
  private static final int F_GETFL = 3;
  private static final int F_SETFL = 4;
  private static final int F_SETPIPE_SZ = 1031;
  private static final int SOL_SOCKET = 1;
  private static final int SO_REUSEADDR = 2;
  private static final int SO_ERROR = 4;
  private static final int SO_KEEPALIVE = 9;
  private static final int SO_LINGER = 13;
  private static final int SO_RCVTIMEO = 20;
  private static final int IPPROTO_TCP = 6;
  private static final int TCP_NODELAY = 1;
  private static final int TCP_KEEPIDLE = 4;
  private static final int TCP_KEEPINTVL = 5;
  private static final int TCP_KEEPCNT = 6;
  private static final int TCP_QUICKACK = 12;

  /** Sends what is due and goes on piggybacking: {@code __tcp_sock_set_quickack}, lowest bit 0. */
  private static final int ACKNOWLEDGE_ONCE = 2;

  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_V6ONLY = 26;

  private final MemorySegment errno = Libc.newErrno();
  private final MemorySegment scratch = Arena.ofAuto().allocate(64, 16);

  /** A TCP socket for this kind of address. */
  int socket(int family, int flags) {
    return socketOf(family, SOCK_STREAM | flags);
  }

  int socketOf(int family, int type) {
    try {
      return result((int) Libc.SOCKET.invokeExact(errno, family, type | CLOEXEC, 0));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int bind(int fd, NativeAddress address) {
    return bind(fd, address.pointer(), address.bytes());
  }

  int bind(int fd, long address, int bytes) {
    try {
      return result((int) Libc.BIND.invokeExact(errno, fd, address, bytes));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int listen(int fd, int backlog) {
    try {
      return result((int) Libc.LISTEN.invokeExact(errno, fd, backlog));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int connect(int fd, NativeAddress address) {
    return connect(fd, address.pointer(), address.bytes());
  }

  int connect(int fd, long address, int bytes) {
    try {
      return result((int) Libc.CONNECT.invokeExact(errno, fd, address, bytes));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int accept(int fd, int flags) {
    try {
      return result((int) Libc.ACCEPT4.invokeExact(errno, fd, 0L, 0L, CLOEXEC | flags));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int shutdownOutput(int fd) {
    try {
      return result((int) Libc.SHUTDOWN.invokeExact(errno, fd, SHUT_WR));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int close(int fd) {
    try {
      return result((int) Libc.CLOSE.invokeExact(errno, fd));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int receive(int fd, long to, int bytes) {
    try {
      long count = (long) Libc.RECV.invokeExact(errno, fd, to, (long) bytes, MSG_DONTWAIT);
      return result((int) count);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /**
   * Sends what the socket has room for.
   *
   * @param flags {@link #MSG_MORE} or 0
   */
  int send(int fd, long from, int bytes, int flags) {
    try {
      int all = MSG_DONTWAIT | MSG_NOSIGNAL | flags;
      return result((int) (long) Libc.SEND.invokeExact(errno, fd, from, (long) bytes, all));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Moves bytes without copying; one of the descriptors is a pipe. */
  int splice(int from, int to, int bytes) {
    try {
      long count =
          (long)
              Libc.SPLICE.invokeExact(errno, from, 0L, to, 0L, (long) bytes, SPLICE_MOVE_NONBLOCK);
      return result((int) count);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** A pipe with room for so many bytes where the system allows; its ends, or an error in both. */
  Pipe pipe(int bytes) {
    try {
      int made = result((int) Libc.PIPE2.invokeExact(errno, scratch.address(), NONBLOCK | CLOEXEC));
      if (made < 0) {
        return new Pipe(made, made);
      }
      int in = scratch.get(ValueLayout.JAVA_INT, 0);
      int out = scratch.get(ValueLayout.JAVA_INT, 4);
      var _ = (int) Libc.FCNTL.invokeExact(errno, in, F_SETPIPE_SZ, bytes);
      return new Pipe(in, out);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Whether calls on this descriptor may make one wait. */
  int setNonBlocking(int fd, boolean nonBlocking) {
    try {
      int flags = result((int) Libc.FCNTL.invokeExact(errno, fd, F_GETFL, 0));
      int wanted = nonBlocking ? flags | NONBLOCK : flags & ~NONBLOCK;
      if (flags < 0 || flags == wanted) {
        return flags;
      }
      return result((int) Libc.FCNTL.invokeExact(errno, fd, F_SETFL, wanted));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /**
   * Fresh memory that takes room only where it is touched.
   *
   * @throws OutOfMemoryError when there is none
   */
  long memory(long bytes) {
    try {
      long at =
          (long) Libc.MMAP.invokeExact(errno, 0L, bytes, PROT_READ_WRITE, MAP_ANONYMOUS, -1, 0L);
      if (at == -1) {
        throw new OutOfMemoryError("no memory for buffers: " + Errno.text(Libc.errno(errno)));
      }
      return at;
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int eventfd(int flags) {
    try {
      return result((int) Libc.EVENTFD.invokeExact(errno, 0, CLOEXEC | flags));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Sends a {@code struct msghdr}. */
  int sendMessage(int fd, long message) {
    try {
      return result((int) (long) Libc.SENDMSG.invokeExact(errno, fd, message, MSG_NOSIGNAL));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int receiveMessage(int fd, long message, int flags) {
    try {
      return result((int) (long) Libc.RECVMSG.invokeExact(errno, fd, message, flags));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** How long a receive or an accept on this descriptor may take. */
  void receiveTimeout(int fd, Duration limit) {
    scratch.set(ValueLayout.JAVA_LONG, 0, limit.toSeconds());
    scratch.set(ValueLayout.JAVA_LONG, 8, limit.toNanosPart() / 1000);
    option(fd, SOL_SOCKET, SO_RCVTIMEO, 16, scratch.address());
  }

  int reuseAddress(int fd) {
    return option(fd, SOL_SOCKET, SO_REUSEADDR, 1);
  }

  int onlyV6(int fd, boolean only) {
    return option(fd, IPPROTO_IPV6, IPV6_V6ONLY, only ? 1 : 0);
  }

  int noDelay(int fd) {
    return option(fd, IPPROTO_TCP, TCP_NODELAY, 1);
  }

  /**
   * Has acknowledgements travel with the bytes that we send, which is soon in a dialogue; the
   * kernel sends them by themselves after 40 ms (200 ms for that of a connect).
   */
  int piggybackAcks(int fd) {
    return option(fd, IPPROTO_TCP, TCP_QUICKACK, 0);
  }

  /** Like {@link #piggybackAcks}, but what is to be acknowledged already is, now. */
  int acknowledgeNow(int fd) {
    return option(fd, IPPROTO_TCP, TCP_QUICKACK, ACKNOWLEDGE_ONCE);
  }

  /** Asks silent peers whether they still live. */
  void keepAlive(int fd, int idleSeconds, int intervalSeconds, int probes) {
    option(fd, SOL_SOCKET, SO_KEEPALIVE, 1);
    option(fd, IPPROTO_TCP, TCP_KEEPIDLE, idleSeconds);
    option(fd, IPPROTO_TCP, TCP_KEEPINTVL, intervalSeconds);
    option(fd, IPPROTO_TCP, TCP_KEEPCNT, probes);
  }

  /** Makes the next close a reset. */
  int lingerZero(int fd) {
    scratch.set(ValueLayout.JAVA_INT, 0, 1);
    scratch.set(ValueLayout.JAVA_INT, 4, 0);
    return option(fd, SOL_SOCKET, SO_LINGER, 8, scratch.address());
  }

  /** The socket's pending error number, which is taken away by that; 0 when there is none. */
  int takeError(int fd) {
    try {
      scratch.set(ValueLayout.JAVA_INT, 8, 4);
      long at = scratch.address();
      int got =
          result((int) Libc.GETSOCKOPT.invokeExact(errno, fd, SOL_SOCKET, SO_ERROR, at, at + 8));
      return got < 0 ? -got : scratch.get(ValueLayout.JAVA_INT, 0);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Who is at the other end; null when nobody is any more. */
  @Nullable InetSocketAddress peer(int fd) {
    try {
      scratch.set(ValueLayout.JAVA_INT, 32, 32);
      long at = scratch.address();
      int got = result((int) Libc.GETPEERNAME.invokeExact(errno, fd, at, at + 32));
      return got < 0 ? null : NativeAddress.read(scratch);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Which address of ours a socket has; null when it has none. */
  @Nullable InetSocketAddress name(int fd) {
    try {
      scratch.set(ValueLayout.JAVA_INT, 32, 32);
      long at = scratch.address();
      int got = result((int) Libc.GETSOCKNAME.invokeExact(errno, fd, at, at + 32));
      return got < 0 ? null : NativeAddress.read(scratch);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private int option(int fd, int level, int name, int value) {
    scratch.set(ValueLayout.JAVA_INT, 0, value);
    return option(fd, level, name, 4, scratch.address());
  }

  private int option(int fd, int level, int name, int bytes, long at) {
    try {
      return result((int) Libc.SETSOCKOPT.invokeExact(errno, fd, level, name, at, bytes));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int result(int value) {
    return value < 0 ? -Libc.errno(errno) : value;
  }

  MemorySegment errno() {
    return errno;
  }

  static AssertionError unexpected(Throwable e) {
    return new AssertionError("a system call cannot throw", e);
  }

  /** Both ends of a pipe: what is written to {@code out} is read from {@code in}. */
  record Pipe(int in, int out) {}
}
