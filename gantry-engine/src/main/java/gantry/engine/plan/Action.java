package gantry.engine.plan;

import gantry.api.container.ContainerId;
import gantry.api.proxy.Route;
import gantry.engine.store.AlertKind;
import gantry.engine.store.Cut;
import gantry.engine.store.Phase;
import gantry.engine.store.Revision;
import gantry.engine.store.SlotView;
import gantry.engine.store.Versioned;
import java.util.List;
import java.util.Optional;

/**
 * One thing to do, decided from an observation. Each may be repeated after a crash. {@link Pull},
 * {@link CheckReady}, {@link Stop} and {@link Kill} take their time and go on beside the loop; the
 * others are short.
 */
public sealed interface Action {
  /** Why, in a few words for logs and {@code --dry-run}. */
  String reason();

  /** Whether it goes on beside the loop, so that nothing has come of it when it was begun. */
  default boolean goesOnAside() {
    return this instanceof Pull
        || this instanceof CheckReady
        || this instanceof Stop
        || this instanceof Kill;
  }

  /** Starts the machine's proxy with the routes that it kept. */
  record StartProxy(String reason) implements Action {}

  /** Begins to wait for a slot. */
  record Enqueue(String reason) implements Action {}

  /** Waits no more, so that others need not wait for this machine. */
  record LeaveQueue(String reason) implements Action {}

  /** Takes a free slot for a revision. */
  record AcquireSlot(int index, long revision, String reason) implements Action {}

  /** Binds the machine's own slot to this process's session. */
  record ReclaimSlot(SlotView slot, String reason) implements Action {}

  /** Starts on a revision without a slot, since it has succeeded elsewhere. */
  record AdmitProven(long revision, String reason) implements Action {}

  /** Raises the alert that another machine went silent while it was updating. */
  record ReportLost(SlotView slot, String reason) implements Action {}

  /** Makes a revision's image present. */
  record Pull(Revision revision, String reason) implements Action {}

  /** Makes a revision's container, and starts it. */
  record Create(Revision revision, String reason) implements Action {}

  /** Starts a container that is there. */
  record Start(ContainerId id, long revision, String reason) implements Action {}

  /** Runs every ready check once. */
  record CheckReady(ContainerView container, Revision revision, String reason) implements Action {}

  /**
   * Puts the component's routes in force.
   *
   * @param revision that gets the traffic; 0 when none does
   * @param fence the slot that must still be held; empty for a change that needs none
   */
  record ApplyRoutes(List<Route> routes, long revision, Optional<SlotView> fence, String reason)
      implements Action {
    /** Copies the routes. */
    public ApplyRoutes {
      routes = List.copyOf(routes);
    }
  }

  /** Ends an update well. */
  record FinishUpdate(SlotView slot, long revision, String reason) implements Action {}

  /**
   * Ends an update badly.
   *
   * @param phase what the machine was doing
   * @param logsOf whose last lines explain it
   * @param rollback the revision that all machines are to go back to at once; empty for a halt
   */
  record FailUpdate(
      SlotView slot,
      long revision,
      AlertKind kind,
      Phase phase,
      Optional<ContainerId> logsOf,
      Optional<Revision> rollback,
      String reason)
      implements Action {}

  /**
   * Gives up an admission that means nothing any more.
   *
   * @param revision what this machine is to run from now on
   */
  record LeaveSlot(SlotView slot, long revision, String reason) implements Action {}

  /** Notes that this machine runs what it serves, when its record does not say so. */
  record Adopt(long revision, String reason) implements Action {}

  /**
   * Takes away what is done of an operator's cut.
   *
   * @param left containers that are still to end; the cut goes when there is none
   */
  record SettleCut(Versioned<Cut> cut, List<String> left, String reason) implements Action {
    /** Copies the ids. */
    public SettleCut {
      left = List.copyOf(left);
    }
  }

  /** Asks a container to end and waits for it. */
  record Stop(ContainerId id, String reason) implements Action {}

  /** Ends a container at once. */
  record Kill(ContainerId id, String reason) implements Action {}

  /** Removes a container that has ended. */
  record Remove(ContainerId id, String reason) implements Action {}
}
