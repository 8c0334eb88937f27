package gantry.proxy.io;

/** Gets what a listening socket accepts. On the loop. */
public interface Acceptor {
  /** A client is connected. The descriptor is non-blocking and now the callee's. */
  void accepted(int fd);

  /**
   * Accepting failed, most likely for want of descriptors, and has stopped.
   *
   * @param errno the kernel's reason
   */
  void failed(int errno);
}
