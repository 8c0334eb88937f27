package gantry.engine.plan;

import java.time.Duration;

/** How values are written in reasons. */
final class Texts {
  private Texts() {}

  /** {@code 950 bytes}, {@code 31 MB}: in the largest unit that fits, 1000 of one to the next. */
  static String bytes(long bytes) {
    if (bytes < 1_000) {
      return bytes + " bytes";
    }
    long kilo = bytes / 1_000;
    return kilo < 1_000 ? kilo + " kB" : kilo / 1_000 + " MB";
  }

  /** {@code 10m}, {@code 90s} or {@code 1500ms}. */
  static String duration(Duration duration) {
    long millis = duration.toMillis();
    if (millis > 0 && millis % 60_000 == 0) {
      return millis / 60_000 + "m";
    }
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }
}
