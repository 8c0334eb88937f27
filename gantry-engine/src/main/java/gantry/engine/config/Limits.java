package gantry.engine.config;

import java.time.Duration;

/** Every bound and default of a configuration; {@code docs/configuration.md} repeats them. */
final class Limits {
  /** A file of a thousand full components takes a third of it. */
  static final int FILE_BYTES = 1 << 20;

  static final int NESTING = 32;
  static final int TOKENS = 100_000;
  static final int NUMBER_DIGITS = 100;

  /** Container names are built of a component's name, its project's and a few digits. */
  static final int NAME_LENGTH = 63;

  static final int PORT_MIN = 1;
  static final int PORT_MAX = 65_535;
  static final int MINUTE_MILLIS = 60_000;
  static final int HOUR_MILLIS = 60 * MINUTE_MILLIS;
  static final int DAY_MILLIS = 24 * HOUR_MILLIS;
  static final int WEEK_MILLIS = 7 * DAY_MILLIS;
  static final int CONNECTIONS_MAX = 1_000_000;
  static final int PARALLEL_MAX = 10_000;

  static final Duration READY_TIMEOUT = Duration.ofSeconds(10);
  static final Duration CHECK_TIMEOUT = Duration.ofSeconds(5);

  private Limits() {}
}
