package gantry.engine.store;

import java.time.Instant;
import java.util.List;

/**
 * Says that a revision failed somewhere. While it stands no other machine is admitted to it.
 *
 * @param logTail the failed container's last lines, oldest first; empty when there was none
 */
public record Alert(
    long revision,
    AlertKind kind,
    String machine,
    String reason,
    List<String> logTail,
    Instant at) {
  /** Copies the lines. */
  public Alert {
    logTail = List.copyOf(logTail);
  }
}
