package gantry.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.List;

/**
 * Lines that are drawn again in place. Every drawing is one write that overwrites the one before,
 * and what did not change is not written, so that nothing flickers. The cursor is hidden meanwhile
 * and comes back however the process ends, short of SIGKILL. Used by one thread.
 */
final class LiveScreen implements AutoCloseable {
  private static final String HIDE = "\u001b[?25l";
  private static final String SHOW = "\u001b[?25h";
  private static final String TO_LINE_END = "\u001b[K";
  private static final String TO_SCREEN_END = "\u001b[J";

  private final PrintWriter out;
  private final Thread restore;
  private List<String> drawn = List.of();

  /** Nothing is drawn yet. */
  LiveScreen(PrintWriter out) {
    this.out = out;
    this.restore = new Thread(this::show, "cursor");
    Runtime.getRuntime().addShutdownHook(restore);
    write(HIDE);
  }

  /** Whether standard input and output are a terminal that can move its cursor. */
  @SuppressWarnings("SystemConsoleNull") // it is null again by default in JDK 25, without terminal
  static boolean isPossible() {
    Console console = System.console();
    return console != null && console.isTerminal() && !"dumb".equals(System.getenv("TERM"));
  }

  /** Puts these lines in the place of those before. They must fit into the terminal. */
  void draw(List<String> lines) {
    if (!lines.equals(drawn)) {
      write(change(drawn.size(), lines));
      drawn = List.copyOf(lines);
    }
  }

  /** Up to the first line, then over each; what is left of a longer drawing goes. */
  static String change(int before, List<String> lines) {
    StringBuilder text = new StringBuilder(before == 0 ? "" : "\u001b[" + before + "A");
    lines.forEach(line -> text.append('\r').append(line).append(TO_LINE_END).append("\n"));
    return text.append(TO_SCREEN_END).toString();
  }

  private void show() {
    write(SHOW);
  }

  private void write(String text) {
    out.print(text);
    out.flush();
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(restore);
    } catch (IllegalStateException e) {
      return; // the process ends already: the hook does it
    }
    show();
  }
}
