package gantry.proxy.wire;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A message or file that is not what the protocol says; the message tells where and why. */
public final class WireException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String place;
  private final transient JsonPosition position;

  /** A mistake in the content. */
  public WireException(String message) {
    this("", message);
  }

  /**
   * A mistake in a field.
   *
   * @param place the field, such as {@code routes[0].kind}
   */
  WireException(String place, String message) {
    super(place.isEmpty() ? message : place + ": " + message);
    this.place = place;
    this.position = JsonPosition.UNKNOWN;
  }

  /** A mistake that the parser found. */
  WireException(String message, JsonPosition position, @Nullable Throwable cause) {
    super(message, cause);
    this.place = "";
    this.position = position;
  }

  /** Where in the text the mistake is. */
  public JsonPosition positionIn(String text) {
    return position.line() > 0 ? position : JsonPosition.of(text, place);
  }
}
