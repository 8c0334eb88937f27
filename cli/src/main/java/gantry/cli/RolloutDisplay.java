package gantry.cli;

import gantry.engine.RolloutStatus;
import gantry.engine.RolloutWatch.Progress;
import java.io.PrintWriter;
import java.util.List;

/**
 * Shows rollouts as they go on: drawn in place on a terminal, elsewhere one line for each change.
 */
final class RolloutDisplay implements AutoCloseable {
  private final RolloutNarrator narrator;
  private final List<LiveScreen> screen;

  /** A display that has shown nothing yet. */
  private RolloutDisplay(PrintWriter out, List<LiveScreen> screen) {
    this.screen = screen;
    this.narrator =
        new RolloutNarrator(
            line -> {
              out.println(line);
              out.flush();
            });
  }

  /** Drawn if standard input and output are a terminal. */
  static RolloutDisplay on(PrintWriter out) {
    return new RolloutDisplay(
        out, LiveScreen.isPossible() ? List.of(new LiveScreen(out)) : List.of());
  }

  /** Shows rollouts that somebody waits for. */
  void progress(List<Progress> rollouts) {
    if (screen.isEmpty()) {
      narrator.tell(rollouts);
    } else {
      draw(rollouts.stream().map(Progress::status).toList());
    }
  }

  /** Shows how components stand. */
  void statuses(List<RolloutStatus> statuses) {
    if (screen.isEmpty()) {
      narrator.tellAll(statuses);
    } else {
      draw(statuses);
    }
  }

  private void draw(List<RolloutStatus> statuses) {
    try {
      TerminalSize size = TerminalSize.now();
      // The cursor rests in the line below the drawing.
      TerminalSize room = new TerminalSize(Math.max(1, size.rows() - 1), size.columns());
      screen.getFirst().draw(new RolloutDrawing(room).lines(statuses));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    screen.forEach(LiveScreen::close);
  }
}
