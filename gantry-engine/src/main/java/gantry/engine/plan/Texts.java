package gantry.engine.plan;

import java.time.Duration;

/** How values are written in reasons. */
final class Texts {
  private Texts() {}

  /** {@code 10s} or {@code 1500ms}. */
  static String duration(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }
}
