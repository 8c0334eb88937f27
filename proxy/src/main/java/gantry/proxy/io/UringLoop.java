package gantry.proxy.io;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerContext;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * A loop over io_uring: what all sockets want is told to the kernel in one call per turn, and the
 * same call brings what has been done.
 */
final class UringLoop extends Loop {
  /** What an operation was, in the highest byte of its user data. */
  static final int RECEIVE = 1;

  static final int SEND = 2;
  static final int CONNECT = 3;
  static final int READABLE = 4;
  static final int WRITABLE = 5;
  static final int ERRORS = 6;
  static final int CANCEL = 7;
  static final int CLOSE = 8;
  static final int ACCEPT = 9;
  private static final int WAKE = 10;

  private static final int KIND_SHIFT = 56;
  private static final long NUMBER_MASK = (1L << 48) - 1;

  /** Completions that are looked at before other tasks get their turn. */
  private static final int PER_TURN = 4096;

  private final Ring ring;
  private final UringOps ops;
  private final BufferRing buffers;
  private final Slots<Entry> entries = new Slots<>();
  private final Waker waker;
  private final long counter = Arena.global().allocate(8, 8).address();

  /** What operations are under way for. */
  interface Entry {
    void complete(int kind, int result, int flags);

    void abandon();
  }

  UringLoop(IoEventLoop executor) {
    super(executor);
    this.ring = new Ring(kernel());
    this.ops = new UringOps(ring);
    this.buffers = new BufferRing(this, ring);
    this.waker = new Waker(kernel().eventfd(0));
  }

  static long userData(int kind, long number) {
    return (long) kind << KIND_SHIFT | number;
  }

  UringOps ops() {
    return ops;
  }

  BufferRing buffers() {
    return buffers;
  }

  long add(Entry entry) {
    return entries.add(entry);
  }

  void forget(long number) {
    entries.remove(number);
  }

  @Override
  public Socket adopt(int fd, SocketUser user) {
    return new UringSocket(this, fd, user, false);
  }

  @Override
  public @Nullable Socket open(NativeAddress address, SocketUser user) {
    int fd = openFor(address, 0);
    return fd < 0 ? null : new UringSocket(this, fd, user, true);
  }

  @Override
  public Accepting accept(int fd, Acceptor acceptor) {
    kernel().setNonBlocking(fd, false);
    return new UringAccepting(this, fd, acceptor);
  }

  @Override
  public void initialize() {
    ring.enable();
    awaitWake();
  }

  @Override
  public int run(IoHandlerContext context) {
    buffers.refill();
    boolean wait = context.canBlock() && !ring.hasCompletion();
    boolean timed = wait && context.deadlineNanos() != -1;
    ring.submitAndWait(wait, timed ? Math.max(0, context.delayNanos(System.nanoTime())) : -1);
    turn();
    return complete();
  }

  @Override
  public void wakeup() {
    waker.wake();
  }

  @Override
  public void prepareToDestroy() {
    entries.all().forEach(Entry::abandon);
    ring.submitAndWait(false, -1);
    complete();
  }

  @Override
  public void destroy() {
    ring.close();
    kernel().close(waker.fd());
    pipes().close();
  }

  private int complete() {
    int count = 0;
    while (count < PER_TURN && ring.hasCompletion()) {
      long completion = ring.completion();
      long userData = Memory.ALL.get(ValueLayout.JAVA_LONG, completion);
      int result = Memory.ALL.get(ValueLayout.JAVA_INT, completion + 8);
      int flags = Memory.ALL.get(ValueLayout.JAVA_INT, completion + 12);
      ring.advance();
      complete((int) (userData >>> KIND_SHIFT), userData & NUMBER_MASK, result, flags);
      count++;
    }
    return count;
  }

  private void complete(int kind, long number, int result, int flags) {
    if (kind == WAKE) {
      waker.noticed();
      awaitWake();
      return;
    }
    Entry entry = entries.get(number);
    if (entry != null) {
      entry.complete(kind, result, flags);
    }
  }

  private void awaitWake() {
    ops.read(waker.fd(), counter, 8, userData(WAKE, 0));
  }
}
