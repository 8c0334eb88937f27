package gantry.engine.simulation;

/** The death of an agent's process. Not an exception, so that nothing on the way handles it. */
final class Crash extends Error {
  private static final long serialVersionUID = 1L;

  Crash(String call) {
    super("the agent died at " + call, null, false, false);
  }
}
