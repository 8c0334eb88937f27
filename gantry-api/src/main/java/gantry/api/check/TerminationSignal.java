package gantry.api.check;

import java.time.Duration;
import java.util.Set;

/** Tells a container that it is about to be retired, so that it can ask its clients to leave. */
public interface TerminationSignal {
  /**
   * Sends the signal once, blocking for at most about {@code timeout}. A container whose signal
   * fails is drained all the same.
   */
  Verdict send(CheckTarget target, Duration timeout);

  /** Container ports that the signal connects to, so that the driver makes them reachable. */
  default Set<Integer> containerPorts() {
    return Set.of();
  }
}
