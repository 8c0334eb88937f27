package gantry.engine.store;

import java.time.Instant;
import java.util.List;

/**
 * Says that an agent is there; bound to its session. A machine may have several, each for other
 * components; and for a while two for the same, when one was killed and started again.
 *
 * @param components those that it looks after
 * @param stateDir with the host, tells a restarted agent from a second one of the same name
 */
public record Presence(
    String machine,
    List<String> components,
    String host,
    String stateDir,
    String version,
    Instant at) {
  /** Copies the names. */
  public Presence {
    components = List.copyOf(components);
  }

  /** Whether it looks after a component of a machine. */
  public boolean covers(String otherMachine, String component) {
    return machine.equals(otherMachine) && components.contains(component);
  }
}
