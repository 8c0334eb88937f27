package gantry.proxy.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The system calls of io_uring. One thread. */
final class RingCalls {
  private static final long SYS_SETUP = 425;
  private static final long SYS_ENTER = 426;
  private static final long SYS_REGISTER = 427;

  /** From {@code linux/io_uring.h}: queue sizes, then what makes completions cheap. */
  private static final int SETUP_CQSIZE = 1 << 3;

  private static final int SETUP_CLAMP = 1 << 4;
  private static final int SETUP_R_DISABLED = 1 << 6;
  private static final int SETUP_SUBMIT_ALL = 1 << 7;
  private static final int SETUP_SINGLE_ISSUER = 1 << 12;
  private static final int SETUP_DEFER_TASKRUN = 1 << 13;
  private static final int ENTER_GETEVENTS = 1;
  private static final int ENTER_EXT_ARG = 1 << 3;
  private static final int REGISTER_ENABLE_RINGS = 12;
  private static final int REGISTER_BUFFER_RING = 22;
  private static final long OFFSET_RINGS = 0;
  private static final long OFFSET_SQES = 0x1000_0000L;
  private static final int PROT_READ_WRITE = 3;
  private static final int MAP_SHARED_POPULATE = 0x8001;

  private static final int SQ_ENTRIES = 1024;
  private static final int CQ_ENTRIES = 8192;
  private static final int PARAMS_BYTES = 120;
  private static final int SQ_OFFSETS_AT = 40;
  private static final int CQ_OFFSETS_AT = 80;

  private final Kernel kernel;
  private final MemorySegment argument = Arena.ofAuto().allocate(64, 16);
  private final long time = argument.address() + 32;

  /** A ring that was set up, with the places of its fields relative to {@code rings}. */
  record Setup(
      int fd,
      int sqEntries,
      int cqEntries,
      long rings,
      long sqes,
      int sqHeadAt,
      int sqTailAt,
      int cqHeadAt,
      int cqTailAt,
      int cqesAt) {}

  RingCalls(Kernel kernel) {
    this.kernel = kernel;
    argument.set(ValueLayout.JAVA_LONG, 16, time);
  }

  /**
   * Makes a ring.
   *
   * @throws IllegalStateException when this kernel has none, or none that is good enough
   */
  Setup setup() {
    MemorySegment params = Arena.ofAuto().allocate(PARAMS_BYTES, 8);
    int flags = SETUP_CQSIZE | SETUP_CLAMP | SETUP_R_DISABLED | SETUP_SUBMIT_ALL;
    params.set(ValueLayout.JAVA_INT, 4, CQ_ENTRIES);
    params.set(ValueLayout.JAVA_INT, 8, flags | SETUP_SINGLE_ISSUER | SETUP_DEFER_TASKRUN);
    int fd = (int) call(SYS_SETUP, SQ_ENTRIES, params.address(), 0, 0, 0, 0);
    if (fd < 0) {
      throw new IllegalStateException("io_uring is not to be had: " + Errno.text(-fd));
    }
    int sqEntries = params.get(ValueLayout.JAVA_INT, 0);
    int cqEntries = params.get(ValueLayout.JAVA_INT, 4);
    int array = params.get(ValueLayout.JAVA_INT, SQ_OFFSETS_AT + 24);
    int cqes = params.get(ValueLayout.JAVA_INT, CQ_OFFSETS_AT + 20);
    long bytes = Math.max(array + 4L * sqEntries, cqes + 16L * cqEntries);
    long rings = map(fd, bytes, OFFSET_RINGS);
    for (int i = 0; i < sqEntries; i++) {
      Memory.ALL.set(ValueLayout.JAVA_INT, rings + array + 4L * i, i);
    }
    return new Setup(
        fd,
        sqEntries,
        cqEntries,
        rings,
        map(fd, 64L * sqEntries, OFFSET_SQES),
        params.get(ValueLayout.JAVA_INT, SQ_OFFSETS_AT),
        params.get(ValueLayout.JAVA_INT, SQ_OFFSETS_AT + 4),
        params.get(ValueLayout.JAVA_INT, CQ_OFFSETS_AT),
        params.get(ValueLayout.JAVA_INT, CQ_OFFSETS_AT + 4),
        cqes);
  }

  void enable(int fd) {
    must("be enabled", call(SYS_REGISTER, fd, REGISTER_ENABLE_RINGS, 0, 0, 0, 0));
  }

  /**
   * Registers a ring of buffers.
   *
   * @param memory a page-aligned address of 16 bytes per entry
   */
  void registerBuffers(int fd, long memory, int entries, int group) {
    MemorySegment registration = Arena.ofAuto().allocate(40, 8);
    registration.set(ValueLayout.JAVA_LONG, 0, memory);
    registration.set(ValueLayout.JAVA_INT, 8, entries);
    registration.set(ValueLayout.JAVA_SHORT, 12, (short) group);
    must(
        "take buffers",
        call(SYS_REGISTER, fd, REGISTER_BUFFER_RING, registration.address(), 1, 0, 0));
  }

  /** Submits, and waits at most so long for a completion; negative for ever. */
  int enter(int fd, int toSubmit, int toWaitFor, long timeoutNanos) {
    boolean timed = toWaitFor > 0 && timeoutNanos >= 0;
    if (!timed) {
      return (int) call(SYS_ENTER, fd, toSubmit, toWaitFor, ENTER_GETEVENTS, 0, 0);
    }
    Memory.ALL.set(ValueLayout.JAVA_LONG, time, timeoutNanos / 1_000_000_000);
    Memory.ALL.set(ValueLayout.JAVA_LONG, time + 8, timeoutNanos % 1_000_000_000);
    int flags = ENTER_GETEVENTS | ENTER_EXT_ARG;
    return (int) call(SYS_ENTER, fd, toSubmit, toWaitFor, flags, argument.address(), 24);
  }

  int submit(int fd, int toSubmit) {
    return (int) call(SYS_ENTER, fd, toSubmit, 0, 0, 0, 0);
  }

  private long map(int fd, long bytes, long offset) {
    try {
      long at =
          (long)
              Libc.MMAP.invokeExact(
                  kernel.errno(), 0L, bytes, PROT_READ_WRITE, MAP_SHARED_POPULATE, fd, offset);
      must("be mapped", at == -1 ? kernel.result(-1) : 0);
      return at;
    } catch (IllegalStateException e) {
      throw e;
    } catch (Throwable e) {
      throw Kernel.unexpected(e);
    }
  }

  private long call(long number, long a, long b, long c, long d, long e, long f) {
    try {
      long result = (long) Libc.SYSCALL.invokeExact(kernel.errno(), number, a, b, c, d, e, f);
      return result < 0 ? -Libc.errno(kernel.errno()) : result;
    } catch (Throwable t) {
      throw Kernel.unexpected(t);
    }
  }

  private static void must(String what, long result) {
    if (result < 0) {
      throw new IllegalStateException(
          "the io_uring cannot " + what + ": " + Errno.text((int) -result));
    }
  }
}
