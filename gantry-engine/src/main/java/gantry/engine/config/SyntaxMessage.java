package gantry.engine.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says what breaks the syntax of a JSON text, where, and shows the place. */
final class SyntaxMessage {
  /** Characters of the line that are shown on each side of the place. */
  private static final int SHOWN = 40;

  private static final int MESSAGE_LENGTH = 200;

  /** What the parser adds for programmers: character codes, option names, its own locations. */
  private static final List<Pattern> NOISE =
      List.of(
          Pattern.compile(" \\(code \\d+(?: / 0x[0-9a-fA-F]+)?\\)"),
          Pattern.compile(" \\(start marker at .*?\\]\\)"),
          Pattern.compile(" \\(for \\w+ starting at .*?\\]\\)"),
          Pattern.compile(", from `[^`]*`"),
          Pattern.compile(
              " \\(not recognized as one since Feature '[A-Z_]+' not enabled for parser\\)"),
          Pattern.compile(" - use JsonReadFeature\\.[A-Z_]+.*"),
          Pattern.compile("(?s)\n.*"));

  private SyntaxMessage() {}

  static String of(JsonProcessingException e, String text) {
    if (e instanceof StreamConstraintsException) {
      return clean(e.getOriginalMessage());
    }
    JsonLocation location = e.getLocation();
    if (e instanceof JsonEOFException || location == null) {
      return "ends too early: " + clean(e.getOriginalMessage());
    }
    return "line %d, column %d: %s%s"
        .formatted(
            location.getLineNr(),
            location.getColumnNr(),
            clean(e.getOriginalMessage()),
            excerpt(location, text));
  }

  private static String clean(@Nullable String message) {
    if (message != null && message.contains("(CTRL-CHAR, code 10)")) {
      return "the line ends inside a text";
    }
    String clean = message == null || message.isBlank() ? "not JSON" : message;
    for (Pattern noise : NOISE) {
      clean = noise.matcher(clean).replaceAll("");
    }
    clean = clean.length() > MESSAGE_LENGTH ? clean.substring(0, MESSAGE_LENGTH) + "..." : clean;
    return Mistakes.printable(clean.substring(0, 1).toLowerCase(Locale.ROOT) + clean.substring(1));
  }

  /** The line around the place, and a mark under it. */
  private static String excerpt(JsonLocation location, String text) {
    List<String> lines = text.lines().toList();
    if (location.getLineNr() < 1 || location.getLineNr() > lines.size()) {
      return "";
    }
    String line = lines.get(location.getLineNr() - 1).replace('\t', ' ');
    int column = Math.clamp(location.getColumnNr() - 1L, 0, line.length());
    int from = Math.max(0, column - SHOWN);
    int to = Math.min(line.length(), column + SHOWN);
    String before = Mistakes.printable(line.substring(from, column));
    return "\n  "
        + before
        + Mistakes.printable(line.substring(column, to))
        + "\n  "
        + " ".repeat(before.length())
        + "^";
  }
}
