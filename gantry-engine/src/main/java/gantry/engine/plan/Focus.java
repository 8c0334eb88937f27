package gantry.engine.plan;

import gantry.engine.store.SlotView;
import java.util.Optional;

/**
 * What a machine must be woken by, besides what is desired. Machines that wait look at the one
 * before them alone: if each looked at every slot, a rollout would cost the square of the fleet.
 *
 * @param slots whether every slot matters: to the machine that takes the next one, to the one that
 *     finished last, so that somebody sees it when a holder goes silent, and to all that have seen
 *     one that is
 * @param ahead the machine whose place in the queue matters
 * @param cuts whether an operator's cut matters: only while something drains
 */
public record Focus(boolean slots, Optional<String> ahead, boolean cuts) {
  /** Only what is desired. */
  public static final Focus NONE = new Focus(false, Optional.empty(), false);

  static Focus of(Observation o) {
    boolean finishedLast = o.rollout().last().equals(o.place().machine());
    boolean slots = finishedLast || o.turn().first() || someoneIsSilent(o);
    return new Focus(slots, o.turn().ahead(), false);
  }

  /**
   * Whoever measures how long another machine is silent must see it come back: one that restarts a
   * second time would count as silent since the first.
   */
  private static boolean someoneIsSilent(Observation o) {
    String here = o.place().machine();
    return o.rollout().slots().stream()
        .filter(SlotView::silent)
        .anyMatch(slot -> slot.machine().filter(here::equals).isEmpty());
  }

  Focus withCuts() {
    return new Focus(slots, ahead, true);
  }
}
