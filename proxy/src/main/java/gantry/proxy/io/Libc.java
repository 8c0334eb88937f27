package gantry.proxy.io;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The C library's functions that {@link Kernel} calls, and how they are called. Those that neither
 * block nor take long are called without leaving Java's state ("critical"), which saves a third.
 */
@SuppressWarnings("restricted")
final class Libc {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final Linker.Option QUICK = Linker.Option.critical(false);
  private static final VarHandle ERRNO_FIELD =
      Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));

  static final MethodHandle SOCKET = quick("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
  static final MethodHandle BIND = quick("bind", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT);
  static final MethodHandle LISTEN = quick("listen", JAVA_INT, JAVA_INT, JAVA_INT);

  /** May block: a quick call that does would hold up every other thread at the next safepoint. */
  static final MethodHandle CONNECT =
      link("connect", List.of(), JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT);

  static final MethodHandle ACCEPT4 =
      link("accept4", List.of(), JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
  static final MethodHandle SHUTDOWN = quick("shutdown", JAVA_INT, JAVA_INT, JAVA_INT);
  static final MethodHandle CLOSE = quick("close", JAVA_INT, JAVA_INT);
  static final MethodHandle RECV =
      quick("recv", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
  static final MethodHandle SEND =
      quick("send", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
  static final MethodHandle WRITE = quick("write", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG);
  static final MethodHandle SETSOCKOPT =
      quick("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT);
  static final MethodHandle GETSOCKOPT =
      quick("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
  static final MethodHandle GETPEERNAME =
      quick("getpeername", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
  static final MethodHandle GETSOCKNAME =
      quick("getsockname", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
  static final MethodHandle PIPE2 = quick("pipe2", JAVA_INT, JAVA_LONG, JAVA_INT);
  static final MethodHandle EVENTFD = quick("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);
  static final MethodHandle EPOLL_CREATE1 = quick("epoll_create1", JAVA_INT, JAVA_INT);
  static final MethodHandle EPOLL_CTL =
      quick("epoll_ctl", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
  static final MethodHandle FCNTL =
      link(
          "fcntl",
          List.of(QUICK, Linker.Option.firstVariadicArg(2)),
          JAVA_INT,
          JAVA_INT,
          JAVA_INT,
          JAVA_INT);
  static final MethodHandle SPLICE =
      link(
          "splice", List.of(), JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG,
          JAVA_INT);
  static final MethodHandle EPOLL_WAIT =
      link("epoll_wait", List.of(), JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT);
  static final MethodHandle MMAP =
      link(
          "mmap", List.of(), JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT,
          JAVA_LONG);
  static final MethodHandle SENDMSG =
      link("sendmsg", List.of(), JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT);
  static final MethodHandle RECVMSG =
      link("recvmsg", List.of(), JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT);

  /** Six arguments, as the widest call needs them. */
  static final MethodHandle SYSCALL =
      link(
          "syscall",
          List.of(Linker.Option.firstVariadicArg(1)),
          JAVA_LONG,
          JAVA_LONG,
          JAVA_LONG,
          JAVA_LONG,
          JAVA_LONG,
          JAVA_LONG,
          JAVA_LONG,
          JAVA_LONG);

  private static final MethodHandle STRERROR =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));

  private Libc() {}

  /** Memory for the error number of one thread's calls. */
  static MemorySegment newErrno() {
    return Arena.ofAuto().allocate(Linker.Option.captureStateLayout());
  }

  static int errno(MemorySegment errno) {
    return (int) ERRNO_FIELD.get(errno, 0L);
  }

  static String strerror(int errno) {
    try {
      MemorySegment text = (MemorySegment) STRERROR.invokeExact(errno);
      return text.reinterpret(256).getString(0);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static MethodHandle quick(String name, ValueLayout result, ValueLayout... arguments) {
    return link(name, List.of(QUICK), result, arguments);
  }

  private static MethodHandle link(
      String name, List<Linker.Option> options, ValueLayout result, ValueLayout... arguments) {
    List<Linker.Option> all = new ArrayList<>(options);
    all.add(ERRNO);
    Optional<MemorySegment> function = LINKER.defaultLookup().find(name);
    return LINKER.downcallHandle(
        function.orElseThrow(() -> new UnsatisfiedLinkError("the C library has no " + name)),
        FunctionDescriptor.of(result, arguments),
        all.toArray(Linker.Option[]::new));
  }
}
