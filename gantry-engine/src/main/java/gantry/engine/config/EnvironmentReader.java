package gantry.engine.config;

import gantry.api.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads environment variables in either notation: an object of names and texts, or, as earlier
 * versions had it, a list of objects with {@code name} and {@code value}. Values are never shown:
 * they may be secret.
 */
final class EnvironmentReader {
  private static final String FIELD = "environmentVariables";

  /** What the kernel and every engine take; shells ask for less. */
  private static final Pattern NAME = Pattern.compile("[^=\\s\\p{Cntrl}]+");

  private final Fields component;
  private final Map<String, String> variables = new LinkedHashMap<>();

  private EnvironmentReader(Fields component) {
    this.component = component;
  }

  static Map<String, String> read(Fields component) {
    EnvironmentReader reader = new EnvironmentReader(component);
    if (component.raw().get(FIELD) instanceof List<?>) {
      reader.readList();
    } else {
      reader.readObject();
    }
    return reader.variables;
  }

  private void readObject() {
    component
        .object(FIELD)
        .ifPresent(fields -> fields.raw().forEach((name, value) -> add(fields, name, name, value)));
  }

  private void readList() {
    for (Fields entry : component.objects(FIELD)) {
      String name = entry.requiredText("name");
      Object value = entry.raw().get("value");
      if (!entry.has("value") && !entry.raw().containsKey("value")) {
        entry.problem("value", "missing; expected a text");
      } else if (entry.raw().get("name") instanceof String) {
        addOnce(entry, name, value);
      }
      entry.rejectUnknown();
    }
  }

  private void addOnce(Fields entry, String name, @Nullable Object value) {
    if (variables.containsKey(name)) {
      entry.problem("name", "'" + name + "' is set further up already");
    }
    add(entry, name, "value", value);
  }

  private void add(Fields fields, String name, String valueField, @Nullable Object value) {
    if (!NAME.matcher(name).matches()) {
      component.problem(FIELD, "expected names without blanks and '=', found '" + name + "'");
    }
    if (value instanceof String text && text.indexOf('\0') < 0) {
      variables.put(name, text);
    } else {
      fields.problem(valueField, "expected a text, found " + found(value));
    }
  }

  private static String found(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String text -> "a NUL character";
      case Number number -> "a number; write it in quotes";
      case Boolean flag -> "true or false; write it in quotes";
      case List<?> list -> "a list";
      default -> "an object";
    };
  }
}
