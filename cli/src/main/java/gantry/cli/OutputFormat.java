package gantry.cli;

/** How answers are written. */
enum OutputFormat {
  /** For humans. */
  TABLE,
  /** For humans who want to see more columns, where there are any. */
  WIDE,
  /** For programs: one JSON document on standard output. */
  JSON
}
