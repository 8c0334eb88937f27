package gantry.api;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one unchecked exception of Gantry: an {@link ErrorCode}, a message for a human, and, where it
 * is known, what to do next. Expected outcomes (an unhealthy check, a rejected transaction) are
 * values instead.
 */
public final class GantryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final @Nullable String next;

  /** A failure without advice. */
  public GantryException(ErrorCode code, String message) {
    this(code, message, null, null);
  }

  /** A failure that another one caused. */
  public GantryException(ErrorCode code, String message, @Nullable Throwable cause) {
    this(code, message, null, cause);
  }

  /**
   * A failure with advice.
   *
   * @param message what failed, which thing, what was seen against what was expected
   * @param next what to do about it, without the leading {@code next:}; null when nothing is known
   */
  public GantryException(
      ErrorCode code, String message, @Nullable String next, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.next = next;
  }

  /** Which kind of failure this is. */
  public ErrorCode code() {
    return code;
  }

  /** The message; never null, unlike {@link #getMessage()}. */
  public String text() {
    return String.valueOf(getMessage());
  }

  /** What to do about it, when that is known. */
  public Optional<String> next() {
    return Optional.ofNullable(next);
  }
}
