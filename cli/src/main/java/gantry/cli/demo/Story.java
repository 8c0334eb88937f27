package gantry.cli.demo;

import gantry.api.Clock;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Tells what happens as it happens, each line with the seconds since the start. Thread-safe. */
final class Story {
  private static final String INDENT = " ".repeat(10);

  private final PrintWriter out;
  private final Paint paint;
  private final Clock clock;
  private final long start;
  private boolean over;

  Story(PrintWriter out, Paint paint, Clock clock) {
    this.out = out;
    this.paint = paint;
    this.clock = clock;
    this.start = clock.monotonicNanos();
  }

  Duration elapsed() {
    return clock.since(start);
  }

  /** What comes next, and why. */
  void chapter(String text) {
    line("");
    timed(paint.bold(text));
  }

  /** What a user would type. */
  void command(String text) {
    timed(paint.command("$ " + text));
  }

  /** What a command answered. */
  void answer(String text) {
    line(INDENT + "  " + text);
  }

  void machine(Site site, String text) {
    timed("machine " + site.machine() + "  " + text);
  }

  void say(String text) {
    timed(text);
  }

  /** From now on nothing is told. */
  synchronized void end() {
    over = true;
  }

  private void timed(String text) {
    line(String.format(Locale.ROOT, "%6.1f s  ", seconds(elapsed())) + text);
  }

  synchronized void line(String text) {
    if (!over) {
      out.println(text);
      out.flush();
    }
  }

  static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  /** {@code 2.1 s}. */
  static String words(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", seconds(duration));
  }
}
