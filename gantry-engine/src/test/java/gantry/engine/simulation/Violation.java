package gantry.engine.simulation;

/** A rule does not hold. */
final class Violation extends AssertionError {
  private static final long serialVersionUID = 1L;

  Violation(String rule, String seen) {
    super(rule + ": " + seen);
  }
}
