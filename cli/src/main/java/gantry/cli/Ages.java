package gantry.cli;

import java.time.Duration;

/** How ages are written: in the largest unit that fits, as {@code docker ps} does. */
final class Ages {
  private Ages() {}

  /** {@code 17 seconds}, {@code 1 minute}, {@code 3 hours}, {@code 5 days}. */
  static String words(Duration age) {
    if (age.toDays() >= 2) {
      return count(age.toDays(), "day");
    }
    if (age.toHours() >= 1) {
      return count(age.toHours(), "hour");
    }
    return age.toMinutes() >= 1
        ? count(age.toMinutes(), "minute")
        : count(Math.max(0, age.toSeconds()), "second");
  }

  private static String count(long number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s");
  }
}
