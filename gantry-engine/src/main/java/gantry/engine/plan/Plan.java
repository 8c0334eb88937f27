package gantry.engine.plan;

import java.util.List;
import java.util.Optional;

/**
 * What to do now.
 *
 * @param actions in this order; empty when there is nothing to do but wait
 * @param wakeNanos when to look again at the latest even if nothing happens; {@link Long#MAX_VALUE}
 *     for never
 * @param quiet whether nothing is under way, apart from drains that wait for their connections: no
 *     action, no job, no admission
 * @param step how far the update under way is; empty while it may take its time
 * @param focus which of the keys that decide over the rollout matter to this machine now
 */
public record Plan(
    List<Action> actions,
    long wakeNanos,
    boolean quiet,
    Report report,
    Optional<Step> step,
    Focus focus) {
  /** Copies the actions. */
  public Plan {
    actions = List.copyOf(actions);
  }
}
