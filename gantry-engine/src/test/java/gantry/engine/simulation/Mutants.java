package gantry.engine.simulation;

import gantry.api.container.ContainerDriver;
import gantry.api.coordination.Coordinator;
import gantry.engine.plan.Observation;
import gantry.engine.plan.Plan;
import gantry.engine.plan.RolloutPlanner;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The real parts, each broken in one way that must be noticed. */
enum Mutants {
  /** Neither the lease nor the slot's life is looked at before anything is done. */
  FENCE_SKIPPED,
  /** The old container is ended before traffic has moved. */
  DRAIN_BEFORE_SWITCH,
  /** Machines are admitted to a revision that has failed. */
  ALERT_IGNORED,
  /** Nobody gives a slot back. */
  SLOT_NOT_RELEASED,
  /** Engine and proxy are judged by what was seen a few steps before. */
  STALE_OBSERVATION,
  /** The old container stays in the route beside the new one. */
  SECOND_PRIMARY,
  /** What the tag stands for now is run. */
  DIGEST_NOT_PINNED,
  /** A machine that lost its lease in an update counts as done. */
  SILENT_COUNTED_HEALTHY,
  /** Traffic moves to whatever runs. */
  CHECKS_SKIPPED,
  /** Nobody says that a machine is lost. */
  LOST_NOT_REPORTED,
  /** A proxy that does not answer is taken for one without connections. */
  MUTE_PROXY_READ_AS_EMPTY,
  /** A drain counts from when its oldest connection came. */
  DRAIN_COUNTED_TOO_LONG,
  /** A cut hits the container that serves. */
  CUT_HITS_WHAT_SERVES,
  /** A new container counts as healthy as soon as traffic reaches it. */
  WATCH_ENDS_AT_ONCE,
  /** An update may stand still for ever. */
  DEADLINE_IGNORED,
  /** What failed is not removed. */
  ORPHAN_LEFT;

  /** One for a single simulation: it may remember what it has seen. */
  Mutant make() {
    return switch (this) {
      case FENCE_SKIPPED -> new Unfenced();
      case DRAIN_BEFORE_SWITCH -> planning(o -> o, BrokenPlans::drainBeforeSwitch);
      case ALERT_IGNORED -> careless(Observations::withoutAlert, Forgotten.absent("/alert"));
      case SLOT_NOT_RELEASED -> careless(o -> o, Forgotten.release());
      case STALE_OBSERVATION -> new Stale();
      case SECOND_PRIMARY -> planning(o -> o, BrokenPlans::secondPrimary);
      case DIGEST_NOT_PINNED -> new Unpinned();
      case SILENT_COUNTED_HEALTHY ->
          careless(Observations::withoutSilentOthers, Forgotten.absent("/admissions/"));
      case CHECKS_SKIPPED -> planning(Observations::withAllPassed, (o, plan) -> plan);
      case LOST_NOT_REPORTED -> planning(o -> o, BrokenPlans::lostNotReported);
      case MUTE_PROXY_READ_AS_EMPTY -> planning(BrokenPlans::muteIsDown, (o, plan) -> plan);
      case DRAIN_COUNTED_TOO_LONG ->
          planning(BrokenPlans::drainsSinceTheOldestCame, (o, plan) -> plan);
      case CUT_HITS_WHAT_SERVES -> planning(o -> o, BrokenPlans::cutWhatServes);
      case WATCH_ENDS_AT_ONCE -> planning(Observations::withoutWatch, (o, plan) -> plan);
      case DEADLINE_IGNORED -> planning(Observations::withoutDeadline, (o, plan) -> plan);
      case ORPHAN_LEFT -> planning(o -> o, BrokenPlans::nothingRemoved);
    };
  }

  private interface PlanEdit {
    Plan edit(Observation o, Plan plan);
  }

  private static Mutant planning(UnaryOperator<Observation> eyes, PlanEdit edit) {
    return new Mutant() {
      @Override
      public Plan plan(Observation o) {
        return edit.edit(o, new RolloutPlanner().plan(eyes.apply(o)));
      }
    };
  }

  private static Mutant careless(UnaryOperator<Observation> eyes, Forgotten forgotten) {
    return new Mutant() {
      @Override
      public Plan plan(Observation o) {
        return new RolloutPlanner().plan(eyes.apply(o));
      }

      @Override
      public Coordinator coordinator(Coordinator real, SimMachine machine) {
        return EditedCoordinator.leavingOut(real, forgotten);
      }
    };
  }

  private static final class Unfenced implements Mutant {
    @Override
    public Coordinator coordinator(Coordinator real, SimMachine machine) {
      Coordinator unguarded = EditedCoordinator.leavingOut(real, Forgotten.fence());
      return new EditedCoordinator(
          unguarded, t -> t, session -> new LateSession(session, machine.world.clock));
    }
  }

  private static final class Stale implements Mutant {
    private static final int STEPS = 3;

    private final Map<String, Deque<Observation>> before = new HashMap<>();

    @Override
    public Plan plan(Observation o) {
      Deque<Observation> seen =
          before.computeIfAbsent(o.place().machine(), machine -> new ArrayDeque<>());
      seen.add(o);
      Observation old = seen.size() > STEPS ? seen.remove() : seen.getFirst();
      return new RolloutPlanner().plan(Observations.withViews(o, old.engine(), old.proxy()));
    }
  }

  private static final class Unpinned implements Mutant {
    @Override
    public ContainerDriver driver(ContainerDriver real, SimMachine machine) {
      return TagDriver.of(real);
    }
  }
}
