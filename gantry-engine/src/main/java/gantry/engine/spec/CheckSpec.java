package gantry.engine.spec;

import java.time.Duration;
import java.util.Map;

/**
 * A check as declared; its plugin has already accepted the fields.
 *
 * @param fields the kind's own fields, JSON values, without {@code kind} and {@code timeout}
 */
public record CheckSpec(String kind, Duration timeout, Map<String, Object> fields) {
  /** Copies the fields. */
  public CheckSpec {
    fields = Map.copyOf(fields);
  }
}
