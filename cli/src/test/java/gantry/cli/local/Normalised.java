package gantry.cli.local;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Answers without what differs from run to run; the width of columns stays. Ids become {@code
 * id1111111111}, {@code id2222222222} and so on, in the order in which they come up.
 */
final class Normalised {
  private static final Pattern ID = Pattern.compile("\\b[0-9a-f]{12}\\b");
  private static final Pattern AGE = Pattern.compile("Up \\d+ (second|minute)s? *");
  private static final Pattern PORT = Pattern.compile("(localhost|127\\.0\\.0\\.1):\\d+");

  private static final Pattern GAP = Pattern.compile(" {3,}");

  private final Map<String, String> ids = new LinkedHashMap<>();
  private final Path folder;

  /** For answers that may name a folder of their own. */
  Normalised(Path folder) {
    this.folder = folder;
  }

  String text(String answer) {
    String placeless = answer.replace(folder.toString(), "FOLDER");
    String known = ID.matcher(placeless).replaceAll(match -> id(match.group()));
    String ageless = AGE.matcher(known).replaceAll(Normalised::age);
    return PORT.matcher(ageless).replaceAll("$1:PORT");
  }

  /** The same, with gaps of one width, for columns that are as wide as the folder's name. */
  String narrow(String answer) {
    return GAP.matcher(text(answer)).replaceAll("   ");
  }

  private String id(String seen) {
    return ids.computeIfAbsent(seen, s -> "id" + Integer.toString(ids.size() + 1).repeat(10));
  }

  private static String age(MatchResult match) {
    String age = "Up N seconds";
    return age + " ".repeat(Math.max(0, match.group().length() - age.length()));
  }
}
