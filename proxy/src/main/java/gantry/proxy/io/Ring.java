package gantry.proxy.io;

import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * The two queues of one io_uring, as {@code io_uring(7)} describes them. One thread, which is the
 * one that called {@link #enable()}.
 */
final class Ring {
  private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
  private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG;
  private static final int SQE_BYTES = 64;
  private static final int CQE_BYTES = 16;

  private final Kernel kernel;
  private final RingCalls calls;
  private final int fd;
  private final int sqMask;
  private final int cqMask;
  private final int sqEntries;
  private final long sqHead;
  private final long sqTail;
  private final long cqHead;
  private final long cqTail;
  private final long cqes;
  private final long sqes;
  private int tail;
  private int submitted;
  private int head;

  Ring(Kernel kernel) {
    this.kernel = kernel;
    this.calls = new RingCalls(kernel);
    RingCalls.Setup setup = calls.setup();
    this.fd = setup.fd();
    this.sqEntries = setup.sqEntries();
    this.sqMask = sqEntries - 1;
    this.cqMask = setup.cqEntries() - 1;
    this.sqHead = setup.rings() + setup.sqHeadAt();
    this.sqTail = setup.rings() + setup.sqTailAt();
    this.cqHead = setup.rings() + setup.cqHeadAt();
    this.cqTail = setup.rings() + setup.cqTailAt();
    this.cqes = setup.rings() + setup.cqesAt();
    this.sqes = setup.sqes();
  }

  int fd() {
    return fd;
  }

  RingCalls calls() {
    return calls;
  }

  /** Makes the calling thread the one that submits. */
  void enable() {
    calls.enable(fd);
  }

  /**
   * Queues a submission; when the queue is full, the kernel gets what is in it first.
   *
   * @param head opcode, flags, ioprio and descriptor: the entry's first eight bytes
   * @param lengthAndFlags the length below, the operation's flags above
   * @param group the buffer group in the lowest 16 bits
   */
  void add(long head, long offset, long address, long lengthAndFlags, long userData, long group) {
    if (tail - (int) INT.getAcquire(Memory.ALL, sqHead) == sqEntries) {
      submit();
    }
    long sqe = sqes + (long) (tail & sqMask) * SQE_BYTES;
    Memory.ALL.set(WORD, sqe, head);
    Memory.ALL.set(WORD, sqe + 8, offset);
    Memory.ALL.set(WORD, sqe + 16, address);
    Memory.ALL.set(WORD, sqe + 24, lengthAndFlags);
    Memory.ALL.set(WORD, sqe + 32, userData);
    Memory.ALL.set(WORD, sqe + 40, group);
    Memory.ALL.set(WORD, sqe + 48, 0);
    Memory.ALL.set(WORD, sqe + 56, 0);
    tail++;
  }

  /** Gives the kernel what was queued, and waits for a completion. */
  void submitAndWait(boolean wait, long timeoutNanos) {
    INT.setRelease(Memory.ALL, sqTail, tail);
    int count = calls.enter(fd, tail - submitted, wait ? 1 : 0, timeoutNanos);
    if (count > 0) {
      submitted += count;
    }
  }

  private void submit() {
    INT.setRelease(Memory.ALL, sqTail, tail);
    int count = calls.submit(fd, tail - submitted);
    if (count > 0) {
      submitted += count;
    }
  }

  /** Whether a completion is there. */
  boolean hasCompletion() {
    return head != (int) INT.getAcquire(Memory.ALL, cqTail);
  }

  /** The address of the next completion: user data, result, flags. */
  long completion() {
    return cqes + (long) (head & cqMask) * CQE_BYTES;
  }

  /** Done with the last one. */
  void advance() {
    head++;
    INT.setRelease(Memory.ALL, cqHead, head);
  }

  void close() {
    kernel.close(fd);
  }
}
