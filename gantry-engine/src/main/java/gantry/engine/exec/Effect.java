package gantry.engine.exec;

import gantry.api.container.ContainerId;
import gantry.engine.store.MachineRecord;
import java.util.Optional;

/** What an action brought about, for the loop to remember. */
public sealed interface Effect {
  /**
   * Whether it comes from what goes on beside the loop, which must look again for its sake. The
   * rest is of the loop's own doing.
   */
  default boolean isNews() {
    return switch (this) {
      case Pulling pulling -> pulling.totalBytes() > 0;
      case Pulled e -> true;
      case PullFailed e -> true;
      case PullLost e -> true;
      case Checked e -> true;
      case Stopped e -> true;
      case Started e -> false;
      case Refused e -> false;
      case Checking e -> false;
      case Stopping e -> false;
      case Admitted e -> false;
      case Recorded e -> false;
      case RecordUnknown e -> false;
    };
  }

  /** A pull goes on. */
  record Pulling(long revision, long doneBytes, long totalBytes) implements Effect {}

  /** The image is present. */
  record Pulled(long revision) implements Effect {}

  /** The image cannot be had. */
  record PullFailed(long revision, String reason) implements Effect {}

  /** The engine went away during a pull, or it was given up: it is to be tried again. */
  record PullLost(long revision) implements Effect {}

  /** A container was started. */
  record Started(ContainerId id, long revision) implements Effect {}

  /** Creating, starting or routing to a revision's container was refused. */
  record Refused(long revision, String reason) implements Effect {}

  /** The ready checks run. */
  record Checking(String life) implements Effect {}

  /** The ready checks have run; the failure is empty when all held. */
  record Checked(String life, Optional<String> failure) implements Effect {}

  /** A stop or kill goes on. */
  record Stopping(ContainerId id) implements Effect {}

  /** A stop or kill is over, well or not. */
  record Stopped(ContainerId id) implements Effect {}

  /** A new attempt at a revision begins: earlier failures do not count. */
  record Admitted(long revision) implements Effect {}

  /** Which revision this machine runs was written down. */
  record Recorded(MachineRecord record) implements Effect {}

  /** It was to be written down, and the coordinator did not say whether it was. */
  record RecordUnknown() implements Effect {}
}
