package gantry.engine.store;

import java.util.Optional;

/**
 * One of a component's slots with its admission, at one moment.
 *
 * @param index from 0
 */
public record SlotView(
    int index, Optional<Versioned<Slot>> slot, Optional<Versioned<Admission>> admission) {
  /** The machine that was admitted. */
  public Optional<String> machine() {
    return admission.map(a -> a.value().machine());
  }

  /** Whether its holder went silent: admitted, but the lease has ended. */
  public boolean silent() {
    return admission.isPresent() && slot.isEmpty();
  }
}
