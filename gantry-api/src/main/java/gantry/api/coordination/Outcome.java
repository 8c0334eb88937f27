package gantry.api.coordination;

/** What became of a transaction. */
public sealed interface Outcome {
  /** All writes happened, at this store revision. */
  record Committed(long revision) implements Outcome {}

  /** A condition did not hold; nothing was written. */
  record Rejected() implements Outcome {}

  /** Whether the writes happened. */
  default boolean committed() {
    return this instanceof Committed;
  }
}
