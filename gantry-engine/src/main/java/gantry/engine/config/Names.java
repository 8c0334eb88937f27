package gantry.engine.config;

import java.util.Optional;
import java.util.regex.Pattern;

/** What projects and components may be called; the names become parts of container names. */
public final class Names {
  private static final Pattern ALLOWED = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]*");

  private Names() {}

  /** What is wrong with a name, as a message; empty when nothing is. */
  public static Optional<String> mistakeIn(String name) {
    if (name.length() > Limits.NAME_LENGTH) {
      return Optional.of(
          "expected at most " + Limits.NAME_LENGTH + " characters, found " + name.length());
    }
    return ALLOWED.matcher(name).matches()
        ? Optional.empty()
        : Optional.of(
            "expected letters, digits, '_', '.' and '-', beginning with a letter or digit, found '"
                + name
                + "'");
  }
}
