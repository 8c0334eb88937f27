package gantry.engine.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What follows when a machine cannot take a revision. */
public enum OnFailure {
  /** The rollout stands still; what each machine serves now goes on. */
  HALT,
  /** Machines that took it go back to what they served before. */
  ROLLBACK;

  /** The word in a configuration. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The word's meaning. */
  @JsonCreator
  static OnFailure of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
