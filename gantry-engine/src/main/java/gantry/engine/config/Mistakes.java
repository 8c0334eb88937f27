package gantry.engine.config;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.Problems;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns what is wrong with one file into the exception that its user reads. */
final class Mistakes {
  private static final String ADVICE = "correct it; docs/configuration.md lists every field";
  private static final int LINE_LENGTH = 400;

  private final String name;
  private @Nullable Throwable cause;

  Mistakes(String name) {
    this.name = name;
  }

  /** Keeps the first exception that a plugin threw while it read its fields. */
  void causedBy(Throwable thrown) {
    if (cause == null) {
      cause = thrown;
    }
  }

  void throwIfAny(Problems problems) {
    if (!problems.isEmpty()) {
      throw new GantryException(ErrorCode.BAD_CONFIGURATION, message(problems), ADVICE, cause);
    }
  }

  /** A mistake that makes the rest unreadable. */
  GantryException fatal(String message, @Nullable Throwable thrown) {
    return new GantryException(
        ErrorCode.BAD_CONFIGURATION, "'" + name + "': " + message, ADVICE, thrown);
  }

  /** There is nothing to read. */
  GantryException noFile(String message, @Nullable Throwable thrown) {
    return new GantryException(
        ErrorCode.BAD_CONFIGURATION,
        "'" + name + "': " + message,
        "name the file to read with --config FILE",
        thrown);
  }

  private String message(Problems problems) {
    int count = problems.count();
    String lines =
        problems.list().stream()
            .map(problem -> "\n  " + printable(problem.toString()))
            .collect(Collectors.joining());
    int untold = count - problems.list().size();
    return "'%s' has %s:%s%s"
        .formatted(
            name,
            count == 1 ? "1 mistake" : count + " mistakes",
            lines,
            untold > 0 ? "\n  ... and " + untold + " more" : "");
  }

  /** One line whatever the user's names and values hold. */
  static String printable(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(LINE_LENGTH)
        .forEach(
            point -> {
              if (isPrintable(point)) {
                line.appendCodePoint(point);
              } else {
                line.append("\\u%04x".formatted(point));
              }
            });
    return text.codePointCount(0, text.length()) > LINE_LENGTH ? line + "..." : line.toString();
  }

  private static boolean isPrintable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
