package gantry.engine.plan;

import java.util.Optional;

/**
 * What a machine must be woken by, besides what is desired. Machines that wait look at the one
 * before them alone: if each looked at every slot, a rollout would cost the square of the fleet.
 *
 * @param slots whether every slot matters: to the machine that takes the next one, and to the one
 *     that finished last, so that somebody sees it when a holder goes silent
 * @param ahead the machine whose place in the queue matters
 * @param cuts whether an operator's cut matters: only while something drains
 */
public record Focus(boolean slots, Optional<String> ahead, boolean cuts) {
  /** Only what is desired. */
  public static final Focus NONE = new Focus(false, Optional.empty(), false);

  static Focus of(Observation o) {
    boolean finishedLast = o.rollout().last().equals(o.place().machine());
    return new Focus(finishedLast || o.turn().first(), o.turn().ahead(), false);
  }

  Focus withCuts() {
    return new Focus(slots, ahead, true);
  }
}
