package gantry.plugin.checks;

import java.io.IOException;

/** The other side answered, but not as it should have; carries the whole reason. */
final class BadAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  BadAnswerException(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
