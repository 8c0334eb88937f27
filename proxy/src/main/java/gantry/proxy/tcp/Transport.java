package gantry.proxy.tcp;

import gantry.proxy.io.Loops;

/** The kernel interface that carries the traffic. */
public enum Transport {
  /** Linux 6.1 and newer, where it is not forbidden. */
  IO_URING(Loops.Kind.IO_URING),

  /** Every Linux. */
  EPOLL(Loops.Kind.EPOLL);

  private final Loops.Kind kind;

  Transport(Loops.Kind kind) {
    this.kind = kind;
  }

  /** The best that this machine has. */
  public static Transport best() {
    return IO_URING.isAvailable() ? IO_URING : EPOLL;
  }

  /** Whether this machine has it. */
  public boolean isAvailable() {
    return Loops.isAvailable(kind);
  }

  Loops.Kind kind() {
    return kind;
  }
}
