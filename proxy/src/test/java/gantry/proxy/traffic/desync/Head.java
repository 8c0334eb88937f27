package gantry.proxy.traffic.desync;

import java.util.List;
import java.util.Locale;

/**
 * The first part of a request.
 *
 * @param minor the minor version; 9 below 1.0 is written as -1
 */
record Head(String method, String target, int minor, List<Field> fields) {
  /** HTTP/0.9 knows neither fields nor bodies. */
  static final int BEFORE_1_0 = -1;

  /**
   * A field.
   *
   * @param name as the dialect compares it, in small letters
   */
  record Field(String name, String value) {}

  List<String> values(String name) {
    return fields.stream().filter(f -> f.name().equals(name)).map(Field::value).toList();
  }

  boolean expectsContinue() {
    return values("expect").stream()
        .anyMatch(v -> v.toLowerCase(Locale.ROOT).equals("100-continue"));
  }
}
