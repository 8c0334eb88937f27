package gantry.engine.store;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What went wrong with a revision. */
public enum AlertKind {
  /** Its image could not be had. */
  PULLFAIL,
  /** Its container did not become, or did not stay, ready; or its machine was lost. */
  UPDATEFAIL;

  /** The word that lists show. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
