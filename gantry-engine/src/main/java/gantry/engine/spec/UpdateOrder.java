package gantry.engine.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Which of the two containers of an update has to wait for the other. */
public enum UpdateOrder {
  /** The new one is started and checked while the old one serves. */
  START_FIRST,
  /**
   * Nothing runs beside the new one: the old one is drained and stopped before it is started, and
   * nobody serves in between. For programs of which two cannot run at a time.
   */
  STOP_FIRST;

  /** The word in a configuration. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The word's meaning. */
  @JsonCreator
  static UpdateOrder of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
