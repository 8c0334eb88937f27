package gantry.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one configured object and records every mistake with its place. A getter
 * never throws: after a mistake it returns a value of the right type, so that reading goes on and
 * the rest is checked too. Nothing that was read may be used while {@link Problems} is not empty.
 *
 * <p>Values are those of JSON: {@link String}, {@link Number}, {@link Boolean}, {@link List},
 * {@link Map}. A null that was written is a mistake, not an absent field. Not thread-safe.
 */
public final class Fields {
  private final String place;
  private final Map<String, ?> values;
  private final Problems problems;
  private final TreeSet<String> known = new TreeSet<>();

  /**
   * Starts to read one object.
   *
   * @param place the object's own place, such as {@code components[0].readyChecks[1]}
   */
  public Fields(String place, Map<String, ?> values, Problems problems) {
    this.place = place;
    this.values = values;
    this.problems = problems;
  }

  /** A text that must be there and not blank. */
  public String requiredText(String name) {
    return text(name).orElseGet(() -> missing(name, "a text", ""));
  }

  /** A text; absent is fine, blank is a mistake. */
  public Optional<String> text(String name) {
    String expected = "a text that is not empty";
    Object value = take(name);
    if (value == null) {
      return absent(name, expected, Optional.empty());
    }
    if (value instanceof String text && !text.isBlank()) {
      return Optional.of(text);
    }
    wrong(name, value, expected);
    return Optional.of("?");
  }

  /** A whole number that must be there. */
  public int requiredInteger(String name, int min, int max) {
    if (!values.containsKey(name)) {
      known.add(name);
      return missing(name, range(min, max), min);
    }
    return integer(name, min, max, min);
  }

  /** A whole number within bounds, both included, or a default. */
  public int integer(String name, int min, int max, int fallback) {
    Object value = take(name);
    if (value == null) {
      return absent(name, range(min, max), fallback);
    }
    Integer number = wholeNumber(value);
    if (number == null || number < min || number > max) {
      wrong(name, value, range(min, max));
      return fallback;
    }
    return number;
  }

  /** A duration, written as whole milliseconds, or a default. */
  public Duration millis(String name, int minMillis, int maxMillis, Duration fallback) {
    return Duration.ofMillis(
        integer(name, minMillis, maxMillis, Math.toIntExact(fallback.toMillis())));
  }

  /** True or false, or a default. */
  public boolean flag(String name, boolean fallback) {
    Object value = take(name);
    if (value == null) {
      return absent(name, "true or false", fallback);
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    wrong(name, value, "true or false");
    return fallback;
  }

  /** One of a few words, or a default. */
  public String choice(String name, List<String> allowed, String fallback) {
    String expected = "one of " + String.join(", ", allowed);
    Object value = take(name);
    if (value == null) {
      return absent(name, expected, fallback);
    }
    if (value instanceof String text && allowed.contains(text)) {
      return text;
    }
    String hint = value instanceof String text ? Nearest.hint(text, allowed) : "";
    problem(name, "expected " + expected + ", found " + show(value) + hint);
    return fallback;
  }

  /** A list of texts; absent is an empty list. */
  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (Object element : elements(name)) {
      if (element instanceof String text) {
        texts.add(text);
      } else {
        problem(name + "[" + texts.size() + "]", "expected a text, found " + show(element));
        texts.add("?");
      }
    }
    return List.copyOf(texts);
  }

  /** A list of anything; absent is an empty list. Null elements are mistakes and left out. */
  public List<?> list(String name) {
    List<Object> list = new ArrayList<>();
    int index = 0;
    for (Object element : elements(name)) {
      if (element == null) {
        problem(name + "[" + index + "]", "expected a value, found null");
      } else {
        list.add(element);
      }
      index++;
    }
    return List.copyOf(list);
  }

  /** A nested object, when it is there. */
  public Optional<Fields> object(String name) {
    Object value = take(name);
    if (value == null) {
      return absent(name, "an object", Optional.empty());
    }
    if (value instanceof Map<?, ?> map) {
      return Optional.of(of(placeOf(name), map));
    }
    wrong(name, value, "an object");
    return Optional.empty();
  }

  /** A list of nested objects; elements of another type are mistakes and left out. */
  public List<Fields> objects(String name) {
    List<Fields> objects = new ArrayList<>();
    int index = 0;
    for (Object element : elements(name)) {
      String elementPlace = placeOf(name) + "[" + index++ + "]";
      if (element instanceof Map<?, ?> map) {
        objects.add(of(elementPlace, map));
      } else {
        problems.add(elementPlace, "expected an object, found " + show(element));
      }
    }
    return List.copyOf(objects);
  }

  /** All values, whether read or not. A caller that uses this must judge the names itself. */
  public Map<String, ?> raw() {
    return values;
  }

  /**
   * The same object seen without some fields, which the caller has read itself: they still count as
   * known, but are no longer to be found.
   */
  public Fields without(String... names) {
    Map<String, Object> rest = new LinkedHashMap<>(values);
    rest.keySet().removeAll(List.of(names));
    Fields seen = new Fields(place, rest, problems);
    seen.known.addAll(List.of(names));
    return seen;
  }

  /** Whether the field was written and is not null. Counts as reading it. */
  public boolean has(String name) {
    return take(name) != null;
  }

  /** The place of one of this object's fields. */
  public String placeOf(String name) {
    return place.isEmpty() ? name : place + "." + name;
  }

  /** This object's own place. */
  public String place() {
    return place;
  }

  /** Records a mistake at one of this object's fields. */
  public void problem(String name, String message) {
    problems.add(placeOf(name), message);
  }

  /** Reports every field that no getter asked for. Call it once, after the last getter. */
  public void rejectUnknown() {
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        String fields = known.isEmpty() ? "none" : String.join(", ", known);
        problem(name, "unknown field; known fields: " + fields + Nearest.hint(name, known));
      }
    }
  }

  private Fields of(String elementPlace, Map<?, ?> map) {
    @SuppressWarnings("unchecked") // JSON objects have text keys
    Map<String, ?> typed = (Map<String, ?>) map;
    return new Fields(elementPlace, typed, problems);
  }

  private @Nullable Object take(String name) {
    known.add(name);
    return values.get(name);
  }

  private List<?> elements(String name) {
    Object value = take(name);
    if (value == null) {
      return absent(name, "a list", List.of());
    }
    if (value instanceof List<?> list) {
      return list;
    }
    wrong(name, value, "a list");
    return List.of();
  }

  private <T> T absent(String name, String expected, T fallback) {
    if (values.containsKey(name)) {
      wrong(name, null, expected);
    }
    return fallback;
  }

  private <T> T missing(String name, String expected, T fallback) {
    if (!values.containsKey(name)) {
      problem(name, "missing; expected " + expected);
    }
    return fallback;
  }

  private void wrong(String name, @Nullable Object value, String expected) {
    problem(name, "expected " + expected + ", found " + show(value));
  }

  private static String range(int min, int max) {
    return "a whole number from " + min + " to " + max;
  }

  private static @Nullable Integer wholeNumber(Object value) {
    if (value instanceof Number number
        && number.doubleValue() == Math.rint(number.doubleValue())
        && Math.abs(number.doubleValue()) <= Integer.MAX_VALUE) {
      return number.intValue();
    }
    return null;
  }

  /** A value as the user wrote it, cut to a length that fits a message. */
  private static String show(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String text -> "'" + cut(text) + "'";
      case Map<?, ?> map -> "an object";
      case List<?> list -> "a list";
      default -> cut(value.toString());
    };
  }

  private static String cut(String text) {
    return text.length() > 60 ? text.substring(0, 57) + "..." : text;
  }
}
