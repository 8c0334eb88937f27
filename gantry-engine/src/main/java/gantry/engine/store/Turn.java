package gantry.engine.store;

import java.util.Optional;

/**
 * Where a machine stands among those that wait for a slot.
 *
 * @param queued whether it waits, under its present session
 * @param ahead the machine right before it; empty for the first
 * @param machines whose agents are there, when the number that may go at a time depends on it and
 *     this machine is the first; else 0
 */
public record Turn(boolean queued, Optional<String> ahead, int machines) {
  /** Does not wait. */
  public static final Turn NONE = new Turn(false, Optional.empty());

  /** The number of machines does not matter. */
  public Turn(boolean queued, Optional<String> ahead) {
    this(queued, ahead, 0);
  }

  /** Among so many machines. */
  public Turn among(int all) {
    return new Turn(queued, ahead, all);
  }

  /** Whether the next free slot is for this machine. */
  public boolean first() {
    return queued && ahead.isEmpty();
  }
}
