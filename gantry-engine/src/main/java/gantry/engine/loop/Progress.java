package gantry.engine.loop;

import gantry.api.Clock;
import gantry.engine.plan.Milestone;
import gantry.engine.plan.Step;
import java.util.Optional;

/**
 * Remembers since when an update has not come further. Used by the loop's thread only; an agent
 * that was restarted knows nothing of it, and gives the update its whole time again.
 */
final class Progress {
  private final Clock clock;
  private Optional<Milestone> furthest = Optional.empty();

  Progress(Clock clock) {
    this.clock = clock;
  }

  Optional<Milestone> furthest() {
    return furthest;
  }

  /** Whoever is at no step waits for something that may take its time: what follows begins anew. */
  void note(Optional<Step> step) {
    furthest = step.map(this::further);
  }

  private Milestone further(Step step) {
    return furthest
        .filter(seen -> !step.isBeyond(seen.step()))
        .orElseGet(() -> new Milestone(step, clock.monotonicNanos()));
  }
}
