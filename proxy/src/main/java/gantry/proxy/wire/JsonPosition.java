package gantry.proxy.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A point in a text of JSON.
 *
 * @param line from 1; 0 when it is not known
 * @param column from 1; 0 when it is not known
 */
public record JsonPosition(int line, int column) {
  /** Nowhere in particular. */
  public static final JsonPosition UNKNOWN = new JsonPosition(0, 0);

  /**
   * Where the value at a place such as {@code routes[0].listener} stands; when there is none, the
   * nearest object around it.
   */
  public static JsonPosition of(String text, String place) {
    Map<String, JsonPosition> positions = new HashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      parser.nextToken();
      note(parser, "", of(parser.currentTokenLocation()), positions);
    } catch (IOException e) {
      return UNKNOWN; // whoever asks has parsed the text before
    }
    String around = place;
    while (!around.isEmpty() && !positions.containsKey(around)) {
      around = around.substring(0, Math.max(0, lastSeparator(around)));
    }
    return positions.getOrDefault(around, UNKNOWN);
  }

  static JsonPosition of(@Nullable JsonLocation location) {
    return location == null
        ? UNKNOWN
        : new JsonPosition(location.getLineNr(), location.getColumnNr());
  }

  /** Notes a value and all that is in it; the parser stands on its first token. */
  private static void note(
      JsonParser parser, String place, JsonPosition here, Map<String, JsonPosition> positions)
      throws IOException {
    positions.put(place, here);
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        JsonPosition field = of(parser.currentTokenLocation());
        String name = parser.currentName();
        parser.nextToken();
        note(parser, place.isEmpty() ? name : place + "." + name, field, positions);
      }
    } else if (parser.currentToken() == JsonToken.START_ARRAY) {
      for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
        note(parser, place + "[" + i + "]", of(parser.currentTokenLocation()), positions);
      }
    }
  }

  private static int lastSeparator(String place) {
    return Math.max(place.lastIndexOf('.'), place.lastIndexOf('['));
  }
}
