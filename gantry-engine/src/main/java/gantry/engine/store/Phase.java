package gantry.engine.store;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a machine is doing for a component. */
public enum Phase {
  /** Nothing runs and nothing is to run. */
  IDLE,
  /** Waits for a slot. */
  WAITING,
  /** Gets the image. */
  PULLING,
  /** Makes and starts the container. */
  STARTING,
  /** Waits for the ready checks. */
  CHECKING,
  /** Watches the new container after the switch. */
  WATCHING,
  /** Runs its revision. */
  READY,
  /** Its container is not ready, and nothing else serves. */
  UNHEALTHY,
  /** Its last update failed; what served before serves still. */
  FAILED,
  /** Waits for the last connections before it stops. */
  DRAINING,
  /** Everything has ended as asked. */
  STOPPED;

  /** The word that lists show. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
