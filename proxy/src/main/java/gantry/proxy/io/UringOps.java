package gantry.proxy.io;

/** Operations of io_uring as entries of its submission queue; numbers from {@code io_uring.h}. */
final class UringOps {
  static final int POLL_IN = 1;
  static final int POLL_OUT = 4;
  static final int POLL_ERR = 8;

  /** Completion flags. */
  static final int HAS_BUFFER = 1;

  static final int MORE = 1 << 1;
  static final int SOCKET_NOT_EMPTY = 1 << 2;
  static final int BUFFER_SHIFT = 16;

  private static final int OP_POLL_ADD = 6;
  private static final int OP_ACCEPT = 13;
  private static final int OP_ASYNC_CANCEL = 14;
  private static final int OP_CONNECT = 16;
  private static final int OP_CLOSE = 19;
  private static final int OP_READ = 22;
  private static final int OP_SEND = 26;
  private static final int OP_RECV = 27;

  private static final int FLAG_HARD_LINK = 1 << 3;
  private static final int FLAG_BUFFER_SELECT = 1 << 5;
  private static final int POLL_FIRST = 1;
  private static final int ACCEPT_MULTISHOT = 1;
  private static final int CANCEL_ALL_OF_FD = 3;

  private final Ring ring;

  UringOps(Ring ring) {
    this.ring = ring;
  }

  /**
   * Receives into a chunk of the kernel's choice.
   *
   * @param waitFirst whether nothing is expected to be there yet
   */
  void receive(int fd, boolean waitFirst, long userData) {
    int priority = waitFirst ? POLL_FIRST : 0;
    ring.add(head(OP_RECV, FLAG_BUFFER_SELECT, priority, fd), 0, 0, 0, userData, BufferRing.GROUP);
  }

  void receive(int fd, long address, int bytes, long userData) {
    ring.add(head(OP_RECV, 0, 0, fd), 0, address, bytes, userData, 0);
  }

  /** Sends all of it, however long that takes. */
  void send(int fd, long address, int bytes, boolean more, long userData) {
    int flags = Kernel.MSG_NOSIGNAL | Kernel.MSG_WAITALL | (more ? Kernel.MSG_MORE : 0);
    ring.add(head(OP_SEND, 0, 0, fd), 0, address, bytes | (long) flags << 32, userData, 0);
  }

  void connect(int fd, NativeAddress address, long userData) {
    ring.add(head(OP_CONNECT, 0, 0, fd), address.bytes(), address.pointer(), 0, userData, 0);
  }

  /** Tells once when one of these events, or an error, is there. */
  void poll(int fd, int events, long userData) {
    ring.add(head(OP_POLL_ADD, 0, 0, fd), 0, 0, (long) events << 32, userData, 0);
  }

  void accept(int fd, long userData) {
    long flags = (long) Kernel.CLOEXEC << 32;
    ring.add(head(OP_ACCEPT, 0, ACCEPT_MULTISHOT, fd), 0, 0, flags, userData, 0);
  }

  void close(int fd, long userData) {
    ring.add(head(OP_CLOSE, 0, 0, fd), 0, 0, 0, userData, 0);
  }

  /** Calls off everything on a descriptor; what is added next happens after that. */
  void cancelAll(int fd, long userData) {
    long flags = (long) CANCEL_ALL_OF_FD << 32;
    ring.add(head(OP_ASYNC_CANCEL, FLAG_HARD_LINK, 0, fd), 0, 0, flags, userData, 0);
  }

  /** Calls off one operation. */
  void cancel(long itsUserData, long userData) {
    ring.add(head(OP_ASYNC_CANCEL, 0, 0, -1), 0, itsUserData, 0, userData, 0);
  }

  void read(int fd, long address, int bytes, long userData) {
    ring.add(head(OP_READ, 0, 0, fd), 0, address, bytes, userData, 0);
  }

  private static long head(int operation, int flags, int priority, int fd) {
    return operation | (long) flags << 8 | (long) priority << 16 | (long) fd << 32;
  }
}
