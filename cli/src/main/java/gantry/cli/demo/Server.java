package gantry.cli.demo;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who answered: a process of the sample component.
 *
 * @param release 2 for {@code v2}
 */
record Server(int release, long pid) {
  private static final Pattern TEXT = Pattern.compile("v(\\d{1,6}) (\\d{1,10})");

  /** Reads {@code v2 4711}. */
  static Server parse(String text) throws IOException {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IOException("expected 'vN PID', got '" + text + "'");
    }
    return new Server(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)));
  }

  @Override
  public String toString() {
    return "v" + release + " (pid " + pid + ")";
  }
}
