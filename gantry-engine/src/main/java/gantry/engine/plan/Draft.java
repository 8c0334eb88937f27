package gantry.engine.plan;

import gantry.api.container.ContainerId;
import gantry.engine.store.Drain;
import gantry.engine.store.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A plan in the making. The first phase that is told wins: the most pressing part speaks first. */
final class Draft {
  private final List<Action> actions = new ArrayList<>();
  private final List<Drain> drains = new ArrayList<>();
  private final Set<String> cut;
  private long wakeNanos = Long.MAX_VALUE;
  private boolean busy;
  private boolean seeking;
  private boolean replaces;
  private @Nullable Phase phase;
  private String reason = "";
  private @Nullable Step step;

  /**
   * A plan without actions yet.
   *
   * @param cut brief ids of containers that do not wait for their connections when they drain
   */
  Draft(Set<String> cut) {
    this.cut = cut;
  }

  /** A draft for what may not be taken. */
  Draft aside() {
    return new Draft(cut);
  }

  /** What would be said if this were all. */
  Report report() {
    return new Report(phase == null ? Phase.IDLE : phase, reason, drains);
  }

  /** Does what was decided aside. */
  void take(Draft aside) {
    aside.actions.forEach(this::act);
    drains.addAll(aside.drains);
    wakeAt(aside.wakeNanos);
    busy |= aside.busy;
    seeking |= aside.seeking;
    replaces |= aside.replaces;
    if (aside.phase != null) {
      say(aside.phase, aside.reason);
    }
  }

  boolean cuts(ContainerId container) {
    return cut.contains(container.brief());
  }

  /** Whether a container is about to be ended or removed. */
  boolean touches(ContainerId container) {
    return actions.stream()
        .anyMatch(
            action ->
                (action instanceof Action.Stop stop && stop.id().equals(container))
                    || (action instanceof Action.Kill kill && kill.id().equals(container))
                    || (action instanceof Action.Remove gone && gone.id().equals(container)));
  }

  /** Two parts of the planner may want the same. */
  void act(Action action) {
    if (!actions.contains(action)) {
      actions.add(action);
    }
  }

  /** Does this now, and decides over traffic from the next picture. */
  void beforeTrafficMoves(Action action) {
    actions.removeIf(a -> a instanceof Action.ApplyRoutes || a instanceof Action.AdmitProven);
    actions.addFirst(action);
  }

  void wakeAt(long nanos) {
    wakeNanos = Math.min(wakeNanos, nanos);
  }

  /** Something goes on that ends by itself. */
  void busy() {
    busy = true;
  }

  /** It could take a slot now: it may stand in the queue. */
  void seeking() {
    seeking = true;
  }

  /** What serves makes room for another: it is not looked after any more. */
  void replaces() {
    replaces = true;
  }

  boolean isReplacing() {
    return replaces;
  }

  /** What starts without a slot leaves the queue in the same transaction. */
  boolean staysQueued() {
    return seeking || admitsProven();
  }

  /** Whether another revision becomes the one that this machine runs, without a slot. */
  boolean admitsProven() {
    return actions.stream().anyMatch(Action.AdmitProven.class::isInstance);
  }

  void say(Phase newPhase, String newReason) {
    if (phase == null) {
      phase = newPhase;
      reason = newReason;
    }
  }

  /** How far the update is: what stays so for long has to end. */
  void reaches(Step reached) {
    step = reached;
  }

  void draining(Drain drain) {
    drains.add(drain);
  }

  boolean acts() {
    return !actions.isEmpty();
  }

  Plan plan(Focus focus) {
    Focus all = drains.isEmpty() ? focus : focus.withCuts();
    return new Plan(
        actions, wakeNanos, actions.isEmpty() && !busy, report(), Optional.ofNullable(step), all);
  }
}
