package gantry.cli;

/** How answers are written. */
enum OutputFormat {
  /** For humans. */
  TABLE,
  /** For programs: one JSON document on standard output. */
  JSON
}
