package gantry.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * How much fits into a terminal.
 *
 * @param rows lines that can be drawn, at least 1
 * @param columns characters of a line, at least 1
 */
record TerminalSize(int rows, int columns) {
  /** For output that goes on to somewhere else: nothing is cut off. */
  static final TerminalSize UNLIMITED = new TerminalSize(Integer.MAX_VALUE, Integer.MAX_VALUE);

  /** What terminals have when they do not say. */
  private static final TerminalSize USUAL = new TerminalSize(24, 80);

  private static final int ASK_MILLIS = 500;

  /** Asks the terminal on standard input; it may have another size each time. */
  static TerminalSize now() throws InterruptedException {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(Redirect.INHERIT)
              .redirectError(Redirect.DISCARD)
              .start();
      if (!stty.waitFor(ASK_MILLIS, TimeUnit.MILLISECONDS)) {
        stty.destroyForcibly();
        return USUAL;
      }
      return parse(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      return USUAL; // without stty a drawing that may be too narrow is better than none
    }
  }

  /** {@code 24 80}; a terminal that does not know says {@code 0 0}. */
  static TerminalSize parse(String answer) {
    if (!answer.matches("[1-9]\\d{0,4} [1-9]\\d{0,4}\\s*")) {
      return USUAL;
    }
    String[] numbers = answer.strip().split(" ", -1);
    return new TerminalSize(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
  }
}
