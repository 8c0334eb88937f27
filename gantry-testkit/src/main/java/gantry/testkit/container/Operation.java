package gantry.testkit.container;

/** What a scripted fault can hit: the calls of a driver, by name. */
public enum Operation {
  /** {@code resolve}. */
  RESOLVE,
  /** {@code pull}. */
  PULL,
  /** {@code create}. */
  CREATE,
  /** {@code start}. */
  START,
  /** {@code stop}. */
  STOP,
  /** {@code kill}. */
  KILL,
  /** {@code remove}. */
  REMOVE,
  /** {@code list} and {@code inspect}. */
  LIST,
  /** {@code exec}. */
  EXEC,
  /** {@code logs}. */
  LOGS
}
