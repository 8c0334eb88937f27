package gantry.bench.deploy;

/** Ways in which a request or a held connection is lost. */
enum Loss {
  /** The connection was refused. */
  REFUSED,
  /** The connection was reset. */
  RESET,
  /** The connection ended before the answer was complete. */
  CUT,
  /** No answer in time, or one that the backend did not give. */
  FAILED,
  /** Answered by a backend that, by the acknowledgement, gets nothing new. */
  MISROUTED
}
