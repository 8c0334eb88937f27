package gantry.engine.store;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a user wants of a component. */
public enum DesiredStatus {
  /** It runs. */
  READY,
  /** Its containers end when their last connection has. */
  STOPPED,
  /** Its containers end at once. */
  KILLED;

  /** The word that lists show. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
