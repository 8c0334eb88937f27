package gantry.engine.plan;

import gantry.engine.spec.UpdateOrder;
import gantry.engine.store.Desired;
import gantry.engine.store.Phase;
import gantry.engine.store.Revision;
import gantry.engine.store.SlotView;
import gantry.engine.store.Versioned;
import java.util.List;
import java.util.Optional;

/**
 * Makes room for a container that nothing may run beside. Takes the traffic from whatever else runs
 * of the component, and lets it drain and end; in an update that is the one that served so far,
 * which is kept until the new one serves, to be started again if it fails.
 */
final class StopFirst {
  private final Observation o;
  private final Draft draft;
  private final Revision revision;
  private final Optional<SlotView> fence;

  /**
   * Room for one revision's container.
   *
   * @param fence what the routes may be taken under; empty for a container that runs here anyway
   */
  StopFirst(Observation o, Draft draft, Revision revision, Optional<SlotView> fence) {
    this.o = o;
    this.draft = draft;
    this.revision = revision;
    this.fence = fence;
  }

  /** Whether its container may run; if not, what is in its way is on its way out. */
  boolean hasRoom() {
    if (!applies()) {
      return true;
    }
    List<ContainerView> others =
        o.containers().stream()
            .filter(c -> c.revision() != revision.content() && c.status().isRunning())
            .toList();
    if (others.isEmpty()) {
      return true;
    }
    draft.replaces();
    if (others.stream().anyMatch(o::active)) {
      draft.say(Phase.DRAINING, "");
      draft.act(
          new Action.ApplyRoutes(
              Routing.closed(o, revision), 0, fence, "nothing is to run beside what comes"));
    } else {
      end(others);
    }
    return false;
  }

  /** What it would run beside may not bear it, whatever the revision itself says. */
  private boolean applies() {
    return isStopFirst(revision) || desired().filter(StopFirst::isStopFirst).isPresent();
  }

  private Optional<Revision> desired() {
    return o.rollout().desired().map(Versioned::value).map(Desired::revision).flatMap(o::revision);
  }

  private static boolean isStopFirst(Revision revision) {
    return revision.spec().update().order() == UpdateOrder.STOP_FIRST;
  }

  private void end(List<ContainerView> others) {
    // Without a slot others may be wanted just as much: what is not wanted drains anyway.
    if (fence.isPresent()) {
      others.forEach(other -> new Drains(o, draft).only(other.revision()));
    }
    String which = others.getFirst().id().brief();
    draft.say(Phase.DRAINING, "container " + which + " is to end before it starts");
  }
}
