package gantry.proxy.wire;

import java.io.IOException;

/** A message or file that is not what the protocol says; the message tells where and why. */
public final class WireException extends IOException {
  private static final long serialVersionUID = 1L;

  /** A mistake in the content. */
  public WireException(String message) {
    super(message);
  }

  /** A mistake that the parser found. */
  public WireException(String message, Throwable cause) {
    super(message, cause);
  }
}
