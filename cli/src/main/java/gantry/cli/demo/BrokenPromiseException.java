package gantry.cli.demo;

/** Something went so wrong that the demo cannot go on. */
final class BrokenPromiseException extends Exception {
  private static final long serialVersionUID = 1L;

  BrokenPromiseException(String message) {
    super(message);
  }
}
