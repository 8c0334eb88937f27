package gantry.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import gantry.api.container.Image;
import gantry.engine.spec.ComponentSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares components field by field. Values of environment variables may be secret: not shown. */
final class Differences {
  private static final String VARIABLES = "environmentVariables.";
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .registerModule(new Jdk8Module())
          .registerModule(new SimpleModule().addSerializer(Duration.class, new Millis()));

  private Differences() {}

  private record Content(ComponentSpec spec, Image image) {}

  /** As in the configuration, where durations are milliseconds. */
  private static final class Millis extends JsonSerializer<Duration> {
    @Override
    public void serialize(Duration value, JsonGenerator out, SerializerProvider serializers)
        throws IOException {
      out.writeNumber(value.toMillis());
    }
  }

  static List<Difference> between(
      ComponentSpec spec, Image image, ComponentSpec newSpec, Image newImage) {
    Map<String, String> before = fields(new Content(spec, image));
    Map<String, String> after = fields(new Content(newSpec, newImage));
    Set<String> names = new LinkedHashSet<>(after.keySet());
    names.addAll(before.keySet());
    List<Difference> differences = new ArrayList<>();
    for (String name : names) {
      String old = before.getOrDefault(name, "");
      String now = after.getOrDefault(name, "");
      if (!old.equals(now)) {
        differences.add(shown(name, old, now));
      }
    }
    return differences;
  }

  private static Difference shown(String name, String before, String after) {
    return name.startsWith(VARIABLES)
        ? new Difference(name, hidden(before), hidden(after))
        : new Difference(name, before, after);
  }

  private static String hidden(String value) {
    return value.isEmpty() ? "" : "(not shown)";
  }

  private static Map<String, String> fields(Content content) {
    Map<String, String> fields = new LinkedHashMap<>();
    JsonNode image = MAPPER.valueToTree(content.image());
    fields.put("image.id", image.path("id").asText());
    fields.put("image.digest", image.path("digest").asText(""));
    flatten("", MAPPER.valueToTree(content.spec()), fields);
    return fields;
  }

  private static void flatten(String path, JsonNode node, Map<String, String> into) {
    if (node.isObject()) {
      String prefix = path.isEmpty() ? "" : path + ".";
      node.properties().forEach(e -> flatten(prefix + e.getKey(), e.getValue(), into));
    } else if (node.isArray() && !node.isEmpty() && !node.get(0).isValueNode()) {
      for (int i = 0; i < node.size(); i++) {
        flatten(path + "[" + i + "]", node.get(i), into);
      }
    } else {
      into.put(path, node.isTextual() ? node.asText() : node.toString());
    }
  }
}
