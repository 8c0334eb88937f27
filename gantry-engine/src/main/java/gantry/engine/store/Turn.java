package gantry.engine.store;

import java.util.Optional;

/**
 * Where a machine stands among those that wait for a slot.
 *
 * @param queued whether it waits, under its present session
 * @param ahead the machine right before it; empty for the first
 */
public record Turn(boolean queued, Optional<String> ahead) {
  /** Does not wait. */
  public static final Turn NONE = new Turn(false, Optional.empty());

  /** Whether the next free slot is for this machine. */
  public boolean first() {
    return queued && ahead.isEmpty();
  }
}
