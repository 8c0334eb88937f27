package gantry.plugin.coordinator.local;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import gantry.api.coordination.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The data file: {@code {"format":1,"revision":7,"entries":[["/key","value",3,7,"session"|null],
 * ...]}}. Anything else is an error, so that a damaged file is never taken for a smaller store.
 */
final class ContentsJson {
  private static final int FORMAT = 1;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(LocalStore.MAX_BYTES).build())
          .build();

  private ContentsJson() {}

  static byte[] write(Contents contents) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeNumberField("format", FORMAT);
      json.writeNumberField("revision", contents.revision());
      json.writeArrayFieldStart("entries");
      for (Contents.Held held : contents.held()) {
        write(json, held);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, Contents.Held held) throws IOException {
    json.writeStartArray();
    json.writeString(held.entry().key());
    json.writeString(held.entry().value());
    json.writeNumber(held.entry().createRevision());
    json.writeNumber(held.entry().modRevision());
    json.writeString(held.session());
    json.writeEndArray();
  }

  /**
   * Reads a whole file.
   *
   * @throws IOException it is not exactly what {@link #write} makes
   */
  static Contents read(byte[] bytes) throws IOException {
    try (JsonParser json = JSON.createParser(bytes)) {
      expect(json, JsonToken.START_OBJECT);
      if (number(json, "format") != FORMAT) {
        throw new JsonParseException(json, "unknown format " + json.getLongValue());
      }
      long revision = number(json, "revision");
      field(json, "entries");
      expect(json, JsonToken.START_ARRAY);
      List<Contents.Held> held = new ArrayList<>();
      while (json.nextToken() == JsonToken.START_ARRAY) {
        held.add(entry(json));
      }
      expectNow(json, JsonToken.END_ARRAY);
      expect(json, JsonToken.END_OBJECT);
      if (json.nextToken() != null) {
        throw new JsonParseException(json, "more after the end");
      }
      return new Contents(revision, held);
    }
  }

  private static Contents.Held entry(JsonParser json) throws IOException {
    String key = text(json);
    String value = text(json);
    expect(json, JsonToken.VALUE_NUMBER_INT);
    long created = json.getLongValue();
    expect(json, JsonToken.VALUE_NUMBER_INT);
    long modified = json.getLongValue();
    @Nullable String session = json.nextToken() == JsonToken.VALUE_NULL ? null : current(json);
    expect(json, JsonToken.END_ARRAY);
    return new Contents.Held(new Entry(key, value, created, modified), session);
  }

  private static String text(JsonParser json) throws IOException {
    json.nextToken();
    return current(json);
  }

  private static String current(JsonParser json) throws IOException {
    expectNow(json, JsonToken.VALUE_STRING);
    return json.getText();
  }

  private static long number(JsonParser json, String name) throws IOException {
    field(json, name);
    expect(json, JsonToken.VALUE_NUMBER_INT);
    return json.getLongValue();
  }

  private static void field(JsonParser json, String name) throws IOException {
    expect(json, JsonToken.FIELD_NAME);
    if (!name.equals(json.currentName())) {
      throw new JsonParseException(json, "expected " + name + ", found " + json.currentName());
    }
  }

  private static void expect(JsonParser json, JsonToken token) throws IOException {
    json.nextToken();
    expectNow(json, token);
  }

  private static void expectNow(JsonParser json, JsonToken token) throws IOException {
    if (json.currentToken() != token) {
      throw new JsonParseException(json, "expected " + token + ", found " + json.currentToken());
    }
  }
}
