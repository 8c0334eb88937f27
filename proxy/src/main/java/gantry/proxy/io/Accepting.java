package gantry.proxy.io;

/** Accepting that is under way. */
public interface Accepting {
  /**
   * Stops to accept. The socket stays as it is, and clients go on to queue there. On the loop.
   *
   * @param stopped called on the loop when nothing more will be accepted
   */
  void stop(Runnable stopped);
}
