package gantry.proxy.io;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerContext;
import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** A loop over epoll, edge-triggered: a descriptor is registered once and never again. */
final class EpollLoop extends Loop {
  /** From {@code sys/epoll.h}. */
  static final int IN = 1;

  static final int OUT = 4;
  static final int ERR = 8;
  static final int HUP = 0x10;
  static final int RDHUP = 0x2000;
  static final int EDGE = 1 << 31;

  private static final int ADD = 1;
  private static final int DELETE = 2;
  private static final int MAX_EVENTS = 512;

  /** The struct is packed on x86-64 and nowhere else. */
  private static final boolean PACKED = System.getProperty("os.arch").equals("amd64");

  private static final int EVENT_BYTES = PACKED ? 12 : 16;
  private static final int DATA_AT = PACKED ? 4 : 8;

  /** Answers that are given before the kernel is asked for events again. */
  private static final int ANSWERS_PER_TURN = 1024;

  private final Kernel kernel = kernel();
  private final Slots<Entry> entries = new Slots<>();
  private final ArrayDeque<EpollSocket> due = new ArrayDeque<>();
  private final int epoll;
  private final Waker waker;
  private final long events = Arena.global().allocate((MAX_EVENTS + 1) * 16L, 16).address();

  /** What the kernel has events for. */
  interface Entry {
    void ready(int events);

    void abandon();
  }

  EpollLoop(IoEventLoop executor) {
    super(executor);
    this.epoll = EpollCalls.create(kernel);
    this.waker = new Waker(kernel.eventfd(Kernel.NONBLOCK));
    register(waker.fd(), IN | EDGE, new Wakening());
  }

  /** Starts to watch a descriptor; closing it is what ends that. */
  long register(int fd, int interest, Entry entry) {
    long number = entries.add(entry);
    long event = events + (long) MAX_EVENTS * 16;
    Memory.ALL.set(java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED, event, interest);
    Memory.ALL.set(Memory.LONG, event + DATA_AT, number);
    EpollCalls.control(kernel, epoll, ADD, fd, event);
    return number;
  }

  void forget(long number) {
    entries.remove(number);
  }

  void unregister(int fd, long number) {
    EpollCalls.control(kernel, epoll, DELETE, fd, events);
    entries.remove(number);
  }

  /** Has a socket's answers given after what is being done now. */
  void due(EpollSocket socket) {
    due.add(socket);
  }

  @Override
  public Socket adopt(int fd, SocketUser user) {
    kernel.setNonBlocking(fd, true);
    EpollSocket socket = new EpollSocket(this, fd, user);
    socket.watch();
    return socket;
  }

  @Override
  public @Nullable Socket open(NativeAddress address, SocketUser user) {
    int fd = openFor(address, Kernel.NONBLOCK);
    return fd < 0 ? null : new EpollSocket(this, fd, user);
  }

  @Override
  public Accepting accept(int fd, Acceptor acceptor) {
    kernel.setNonBlocking(fd, true);
    return new EpollAccepting(this, fd, acceptor);
  }

  @Override
  public int run(IoHandlerContext context) {
    int count = EpollCalls.await(kernel, epoll, events, MAX_EVENTS, timeoutMillis(context));
    turn();
    for (int i = 0; i < count; i++) {
      long event = events + (long) i * EVENT_BYTES;
      Entry entry = entries.get(Memory.ALL.get(Memory.LONG, event + DATA_AT));
      if (entry != null) {
        entry.ready(Memory.ALL.get(java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED, event));
      }
    }
    for (int i = 0; i < ANSWERS_PER_TURN && !due.isEmpty(); i++) {
      due.poll().answer();
    }
    return Math.max(count, 0);
  }

  @Override
  public void wakeup() {
    waker.wake();
  }

  @Override
  public void prepareToDestroy() {
    entries.all().forEach(Entry::abandon);
  }

  @Override
  public void destroy() {
    pipes().close();
    kernel.close(waker.fd());
    kernel.close(epoll);
  }

  private int timeoutMillis(IoHandlerContext context) {
    if (!due.isEmpty() || !context.canBlock()) {
      return 0;
    }
    if (context.deadlineNanos() == -1) {
      return -1;
    }
    long nanos = context.delayNanos(System.nanoTime());
    return (int) Math.min((nanos + 999_999) / 1_000_000, Integer.MAX_VALUE);
  }

  private final class Wakening implements Entry {
    @Override
    public void ready(int occurred) {
      waker.noticed();
    }

    @Override
    public void abandon() {
      // Closed with the loop itself.
    }
  }
}
