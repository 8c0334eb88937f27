package gantry.engine.event;

import gantry.engine.store.AlertKind;
import gantry.engine.store.Phase;
import java.util.List;

/** Something that happened on this machine. Containers are named by their brief ids. */
public sealed interface RolloutEvent {
  /** An image is being pulled. */
  record Pulling(String image, long doneBytes, long totalBytes) implements RolloutEvent {}

  /** A container is being started. */
  record Starting(String container, long revision) implements RolloutEvent {}

  /** A ready check runs; the first attempt of a container's life is marked. */
  record Checking(String container, String kind, String description, boolean first)
      implements RolloutEvent {}

  /** A ready check did not hold. */
  record CheckFailed(String container, String kind, String reason) implements RolloutEvent {}

  /** Traffic is about to move; revision 0 when it is to end. */
  record Redirecting(long revision) implements RolloutEvent {}

  /** Traffic has moved; revision 0 when it has ended. */
  record Redirected(long revision) implements RolloutEvent {}

  /**
   * A container that is not wanted is asked to end.
   *
   * @param reason why its connections, if it has any, do not hold it
   */
  record Stopping(String container, String reason) implements RolloutEvent {}

  /** A container is ended at once. */
  record Killing(String container) implements RolloutEvent {}

  /** A container has ended. */
  record Ended(String container) implements RolloutEvent {}

  /** This machine was admitted to a revision. */
  record Admitted(long revision) implements RolloutEvent {}

  /** This machine runs the revision. */
  record Updated(long revision) implements RolloutEvent {}

  /** The update failed; the old containers go on serving. */
  record UpdateFailed(long revision, AlertKind kind, String reason, List<String> logTail)
      implements RolloutEvent {}

  /** What this machine says of itself has changed. */
  record PhaseChanged(long revision, Phase phase, String reason) implements RolloutEvent {}

  /** Something does not work right now and is tried again. */
  record Trouble(String reason) implements RolloutEvent {}

  /** Another process of this machine is at work on the component; this one waits. */
  record Busy(String holder) implements RolloutEvent {}
}
