package gantry.engine.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.coordination.Entry;

/**
 * Values as text. Unknown fields are ignored when read, so that machines of a newer and an older
 * version can share a coordinator while the fleet is upgraded.
 */
final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private Json() {}

  static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new GantryException(ErrorCode.INTERNAL, "cannot write " + value.getClass(), e);
    }
  }

  static <T> Versioned<T> read(Entry entry, Class<T> type) {
    try {
      T value = MAPPER.readValue(entry.value(), type);
      return new Versioned<>(value, entry.createRevision(), entry.modRevision());
    } catch (JsonProcessingException e) {
      throw new GantryException(
          ErrorCode.BAD_CONFIGURATION,
          "the coordinator's value at "
              + entry.key()
              + " is not a "
              + type.getSimpleName()
              + ": "
              + e.getOriginalMessage(),
          "find out who wrote it; Gantry has left it alone",
          e);
    }
  }
}
