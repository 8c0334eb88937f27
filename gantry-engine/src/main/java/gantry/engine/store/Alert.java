package gantry.engine.store;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Says that a revision failed somewhere. While it stands no other machine is admitted to it.
 *
 * @param phase what the machine was doing; empty where nobody can say, as when it was lost
 * @param logTail the failed container's last lines, oldest first; empty when there was none
 */
public record Alert(
    long revision,
    AlertKind kind,
    String machine,
    Optional<Phase> phase,
    String reason,
    List<String> logTail,
    Instant at) {
  /** Of an alert about whose machine's doings nothing is known. */
  public Alert(
      long revision,
      AlertKind kind,
      String machine,
      String reason,
      List<String> logTail,
      Instant at) {
    this(revision, kind, machine, Optional.empty(), reason, logTail, at);
  }

  /** Copies the lines. Alerts from before there were phases have none. */
  public Alert {
    phase = Objects.requireNonNullElse(phase, Optional.empty());
    logTail = List.copyOf(logTail);
  }
}
