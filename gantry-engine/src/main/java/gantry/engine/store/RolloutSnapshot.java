package gantry.engine.store;

import java.util.List;
import java.util.Optional;

/**
 * All that decides over a component's rollout, at one moment.
 *
 * @param slots every slot that is held or admitted, by index
 * @param proven the newest revision that has succeeded on some machine; 0 for none
 * @param last the machine that finished an update last; empty for none
 */
public record RolloutSnapshot(
    Optional<Versioned<Desired>> desired,
    Optional<Versioned<Alert>> alert,
    List<SlotView> slots,
    long proven,
    String last) {
  /** Nothing is known of the component. */
  public static final RolloutSnapshot EMPTY =
      new RolloutSnapshot(Optional.empty(), Optional.empty(), List.of(), 0, "");

  /** Copies the slots. */
  public RolloutSnapshot {
    slots = List.copyOf(slots);
  }

  /** The alert, if it is about this revision; one about another revision has no effect. */
  public Optional<Alert> alertFor(long revision) {
    return alert.map(Versioned::value).filter(a -> a.revision() == revision);
  }

  /** The slot that a machine was admitted to. */
  public Optional<SlotView> admissionOf(String machine) {
    return slots.stream().filter(s -> s.machine().filter(machine::equals).isPresent()).findFirst();
  }

  /**
   * The word for lists: updating, the standing alert's, paused, canary while it is for some
   * machines, else what is desired.
   */
  public String statusLabel() {
    if (desired.isEmpty()) {
      return "new";
    }
    Desired wanted = desired.get().value();
    if (wanted.status() != DesiredStatus.READY) {
      return wanted.status().label();
    }
    if (slots.stream().anyMatch(s -> s.slot().isPresent())) {
      return "updating";
    }
    return alertFor(wanted.revision())
        .map(a -> a.kind().label())
        .orElseGet(() -> slots.isEmpty() ? standing(wanted) : "updating");
  }

  private static String standing(Desired wanted) {
    if (wanted.paused()) {
      return "paused";
    }
    return wanted.canary() ? "canary" : wanted.status().label();
  }
}
