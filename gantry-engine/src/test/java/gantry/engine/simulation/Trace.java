package gantry.engine.simulation;

import gantry.testkit.ManualClock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.function.Supplier;

/** What happened, line by line, if anybody wants to know: the last lines only. */
final class Trace {
  private static final int MAX_LINES = 600;

  private final ManualClock clock;
  private final boolean wanted;
  private final Deque<String> lines = new ArrayDeque<>();
  private int depth;

  Trace(ManualClock clock, boolean wanted) {
    this.clock = clock;
    this.wanted = wanted;
  }

  /** The text is made only if it is wanted. */
  void say(Supplier<String> what) {
    if (wanted) {
      if (lines.size() == MAX_LINES) {
        lines.removeFirst();
      }
      double seconds = clock.monotonicNanos() / 1e9;
      String indent = "  ".repeat(depth);
      lines.add(String.format(Locale.ROOT, "%9.3fs %s%s", seconds, indent, what.get()));
    }
  }

  /** What is said from now on happens in the middle of something else. */
  void enter() {
    depth++;
  }

  void leave() {
    depth--;
  }

  @Override
  public String toString() {
    return String.join("\n", lines);
  }
}
