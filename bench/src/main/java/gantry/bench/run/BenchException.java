package gantry.bench.run;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A benchmark cannot be run, or what it measured cannot be trusted. The message says why. */
public final class BenchException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** Without a cause. */
  public BenchException(String message) {
    super(message);
  }

  /** With the error that led to it. */
  public BenchException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
