package gantry.proxy.control;

import java.util.logging.LogManager;

/**
 * The JDK's logging, which otherwise closes its files as soon as SIGTERM arrives: what is said
 * while connections come to their end would be lost.
 */
public final class LastingLogs extends LogManager {
  private static volatile boolean lasting;

  /** Made by the JDK. */
  public LastingLogs() {}

  /** From now on nothing is closed. */
  static void keep() {
    lasting = true;
  }

  @Override
  public void reset() {
    if (!lasting) {
      super.reset();
    }
  }
}
