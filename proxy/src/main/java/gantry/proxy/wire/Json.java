package gantry.proxy.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON as maps, lists, texts, longs, doubles and booleans. Uses Jackson's
 * streaming core only: data binding would double the start-up time of the proxy.
 */
public final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private Json() {}

  /**
   * Reads one object.
   *
   * @throws WireException when the text is not exactly one JSON object
   */
  public static Map<String, @Nullable Object> parseObject(String text) throws WireException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new WireException("expected a JSON object");
      }
      Map<String, @Nullable Object> object = object(parser);
      if (parser.nextToken() != null) {
        JsonPosition place = JsonPosition.of(parser.currentTokenLocation());
        throw new WireException("expected nothing after the JSON object", place, null);
      }
      return object;
    } catch (WireException e) {
      throw e;
    } catch (JsonProcessingException e) {
      throw new WireException("not JSON: " + firstLine(e), JsonPosition.of(e.getLocation()), e);
    } catch (IOException e) {
      throw new WireException("not JSON: " + firstLine(e), JsonPosition.UNKNOWN, e);
    }
  }

  /** Writes a value on one line, without a line feed. */
  public static String write(@Nullable Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(text)) {
      write(generator, value);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to memory", e);
    }
    return text.toString();
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      object.put(name, value(parser));
    }
    return object;
  }

  private static List<@Nullable Object> list(JsonParser parser) throws IOException {
    List<@Nullable Object> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(value(parser));
    }
    return list;
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> list(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new WireException("unexpected end of JSON");
    };
  }

  private static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> generator.writeNull();
      case Map<?, ?> map -> writeMap(generator, map);
      case Iterable<?> list -> writeList(generator, list);
      case Boolean flag -> generator.writeBoolean(flag);
      case Double number -> generator.writeNumber(number);
      case Number number -> generator.writeNumber(number.longValue());
      default -> generator.writeString(value.toString());
    }
  }

  private static void writeMap(JsonGenerator generator, Map<?, ?> map) throws IOException {
    generator.writeStartObject();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      generator.writeFieldName(String.valueOf(entry.getKey()));
      write(generator, entry.getValue());
    }
    generator.writeEndObject();
  }

  private static void writeList(JsonGenerator generator, Iterable<?> list) throws IOException {
    generator.writeStartArray();
    for (Object element : list) {
      write(generator, element);
    }
    generator.writeEndArray();
  }

  /** Without what the parser says of its source, which nobody can look into. */
  private static String firstLine(IOException e) {
    String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return line.replaceAll(
        "\\[Source: [^;]*; line: ([0-9]+), column: ([0-9]+)\\]", "line $1, column $2");
  }
}
