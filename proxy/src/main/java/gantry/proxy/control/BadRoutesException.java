package gantry.proxy.control;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file of routes that cannot be used; the message names it, and line and column if known. */
public final class BadRoutesException extends IOException {
  private static final long serialVersionUID = 1L;

  BadRoutesException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
