package gantry.proxy.io;

/** Error numbers of Linux, the same on x86-64 and aarch64, from {@code errno.h}. */
public final class Errno {
  /** A signal came in between; try again. */
  public static final int EINTR = 4;

  /** Nothing there yet. */
  public static final int EAGAIN = 11;

  /** Not for this user. */
  public static final int EACCES = 13;

  /** The system has no more descriptors. */
  public static final int ENFILE = 23;

  /** This process has no more descriptors. */
  public static final int EMFILE = 24;

  /** The peer no longer reads. */
  public static final int EPIPE = 32;

  /** Somebody has the address. */
  public static final int EADDRINUSE = 98;

  /** The connection was aborted. */
  public static final int ECONNABORTED = 103;

  /** The peer reset the connection. */
  public static final int ECONNRESET = 104;

  /** No buffer was there to receive into. */
  public static final int ENOBUFS = 105;

  /** The peer did not answer. */
  public static final int ETIMEDOUT = 110;

  /** Nobody listens there. */
  public static final int ECONNREFUSED = 111;

  /** A connect is under way. */
  public static final int EINPROGRESS = 115;

  /** The operation was called off. */
  public static final int ECANCELED = 125;

  private Errno() {}

  /**
   * Loads what is needed to tell of errors: without descriptors no class could be read any more.
   */
  static void load() {
    var _ = text(EMFILE);
  }

  /** The kernel's words for an error, as the C library has them. */
  public static String text(int errno) {
    return Libc.strerror(errno);
  }
}
