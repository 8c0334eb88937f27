package gantry.proxy.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes typed fields out of a parsed object; a mistake is told with its place. */
public record WireFields(String place, Map<?, ?> values) {
  /** A text that is not blank. */
  public String text(String name) throws WireException {
    if (values.get(name) instanceof String text && !text.isBlank()) {
      return text;
    }
    throw wrong(name, "a text");
  }

  /** A text, or a default when the field is absent. */
  public String text(String name, String fallback) throws WireException {
    return has(name) ? text(name) : fallback;
  }

  /** A whole number within bounds, both included. */
  public long number(String name, long min, long max) throws WireException {
    return expect(name, min, max, "");
  }

  /** A whole number within bounds, or a default when the field is absent. */
  public long number(String name, long min, long max, long fallback) throws WireException {
    return has(name) ? number(name, min, max) : fallback;
  }

  /** A duration in whole milliseconds, or a default when the field is absent. */
  public Duration millis(String name, long minMillis, long maxMillis, Duration fallback)
      throws WireException {
    return has(name)
        ? Duration.ofMillis(expect(name, minMillis, maxMillis, " of milliseconds"))
        : fallback;
  }

  /** True or false, or a default when the field is absent. */
  public boolean flag(String name, boolean fallback) throws WireException {
    return has(name) ? flag(name) : fallback;
  }

  /** Whether the field is there; one that is null counts as absent. */
  public boolean has(String name) {
    return values.get(name) != null;
  }

  /** Fails on the first field that is none of these. */
  public void rejectUnknown(List<String> known) throws WireException {
    for (Object name : values.keySet()) {
      if (!known.contains(name)) {
        String text = String.valueOf(name);
        throw new WireException(
            placeOf(text),
            "unknown field; known fields: " + String.join(", ", known) + Nearest.hint(text, known));
      }
    }
  }

  /** True or false. */
  public boolean flag(String name) throws WireException {
    if (values.get(name) instanceof Boolean flag) {
      return flag;
    }
    throw wrong(name, "true or false");
  }

  /** A nested object. */
  public WireFields object(String name) throws WireException {
    if (values.get(name) instanceof Map<?, ?> map) {
      return new WireFields(placeOf(name), map);
    }
    throw wrong(name, "an object");
  }

  /** A list of texts. */
  public List<String> texts(String name) throws WireException {
    List<String> texts = new ArrayList<>();
    if (!(values.get(name) instanceof List<?> list)) {
      throw wrong(name, "a list of texts");
    }
    for (Object element : list) {
      if (!(element instanceof String text)) {
        throw wrong(name, "a list of texts");
      }
      texts.add(text);
    }
    return texts;
  }

  /** A list of objects. */
  public List<WireFields> objects(String name, int limit) throws WireException {
    if (!(values.get(name) instanceof List<?> list) || list.size() > limit) {
      throw wrong(name, "a list of at most " + limit + " objects");
    }
    List<WireFields> objects = new ArrayList<>();
    for (Object element : list) {
      String elementPlace = placeOf(name) + "[" + objects.size() + "]";
      if (!(element instanceof Map<?, ?> map)) {
        throw new WireException(elementPlace, "expected an object");
      }
      objects.add(new WireFields(elementPlace, map));
    }
    return objects;
  }

  /** A mistake at one of the fields. */
  public WireException wrong(String name, String expected) {
    @Nullable Object found = values.get(name);
    String shown = found == null ? "nothing" : Json.write(found);
    String cut = shown.length() > 60 ? shown.substring(0, 57) + "..." : shown;
    return new WireException(placeOf(name), "expected " + expected + ", found " + cut);
  }

  private long expect(String name, long min, long max, String what) throws WireException {
    if (values.get(name) instanceof Long number && number >= min && number <= max) {
      return number;
    }
    throw wrong(name, "a whole number" + what + " from " + min + " to " + max);
  }

  private String placeOf(String name) {
    return place.isEmpty() ? name : place + "." + name;
  }
}
