package gantry.engine.plan;

import gantry.engine.store.Drain;
import gantry.engine.store.Phase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plan in the making. The first phase that is told wins: the most pressing part speaks first. */
final class Draft {
  private final List<Action> actions = new ArrayList<>();
  private final List<Drain> drains = new ArrayList<>();
  private long wakeNanos = Long.MAX_VALUE;
  private boolean busy;
  private @Nullable Phase phase;
  private String reason = "";

  void act(Action action) {
    actions.add(action);
  }

  void wakeAt(long nanos) {
    wakeNanos = Math.min(wakeNanos, nanos);
  }

  /** Something goes on that ends by itself. */
  void busy() {
    busy = true;
  }

  void say(Phase newPhase, String newReason) {
    if (phase == null) {
      phase = newPhase;
      reason = newReason;
    }
  }

  void draining(Drain drain) {
    drains.add(drain);
  }

  boolean acts() {
    return !actions.isEmpty();
  }

  Plan plan() {
    Report report = new Report(phase == null ? Phase.IDLE : phase, reason, drains);
    return new Plan(actions, wakeNanos, actions.isEmpty() && !busy, report);
  }
}
