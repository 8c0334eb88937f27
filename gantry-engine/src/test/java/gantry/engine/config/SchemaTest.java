package gantry.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import gantry.api.GantryException;
import gantry.api.proxy.HttpOptions;
import gantry.api.proxy.RouteOptions;
import gantry.engine.golden.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published schema and the reader say the same. */
class SchemaTest {
  private static final Path FILE = Path.of("../docs/gantry.schema.json");

  /** What only the reader can judge: it compares places, knows plugins, or sees the text. */
  private static final Set<String> BEYOND_A_SCHEMA =
      Set.of(
          "check-plugin-fails",
          "clashing-ports",
          "duplicate-keys",
          "duplicate-names",
          "trailing-content",
          "unknown-check-kind");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static JsonNode tree = JSON.nullNode();
  private static JsonSchema schema =
      JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema("{}");

  private final ConfigReader reader = new ConfigReader(TestExtensions.standard());

  @BeforeAll
  static void readSchema() throws IOException {
    tree = JSON.readTree(Files.readString(FILE));
    schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(tree);
  }

  @Test
  void bothAcceptEveryExample() {
    assertThat(tree.get("examples")).isNotEmpty();
    for (JsonNode example : tree.get("examples")) {
      assertThat(schema.validate(example)).isEmpty();
      assertThatCode(() -> reader.parse(example.toString(), "example")).doesNotThrowAnyException();
    }
  }

  @Test
  void bothRefuseEveryWrongFileThatASchemaCanJudge() throws IOException {
    List<String> accepted = new ArrayList<>();
    try (Stream<Path> files = Files.list(Golden.folder("config"))) {
      for (Path file : files.filter(name -> name.toString().endsWith(".json")).toList()) {
        if (acceptsIfJson(Files.readAllBytes(file))) {
          accepted.add(file.getFileName().toString().replace(".json", ""));
        }
      }
    }
    assertThat(accepted).containsExactlyInAnyOrderElementsOf(BEYOND_A_SCHEMA);
  }

  @Test
  void theSchemaAcceptsWhateverTheReaderAccepts() {
    int compared = 0;
    for (int seed = 0; seed < 2_000; seed++) {
      String text =
          new String(ConfigFuzzTest.mutate(new Random(seed)), StandardCharsets.ISO_8859_1);
      if (readerAccepts(text)) {
        compared++;
        assertThat(schema.validate(parse(text))).as("seed %d: %s", seed, text).isEmpty();
      }
    }
    assertThat(compared).isGreaterThan(20);
  }

  @ParameterizedTest
  @CsvSource({
    "'', /properties, '{\"?\": 1, \"components\": []}'",
    "component, /$defs/component/properties, '{\"components\": [{\"?\": 1}]}'",
    "port, /$defs/port/properties, '{\"components\": [{\"ports\": [{\"?\": 1}]}]}'",
    "drain, /$defs/drain/properties, '{\"components\": [{\"drain\": {\"?\": 1}}]}'",
    "update, /$defs/update/properties, '{\"components\": [{\"update\": {\"?\": 1}}]}'",
    "variable, /$defs/environment/oneOf/1/items/properties,"
        + " '{\"components\": [{\"environmentVariables\": [{\"?\": 1}]}]}'"
  })
  void bothKnowTheSameFields(String object, String place, String text) {
    Set<String> inSchema = new TreeSet<>();
    tree.at(place).fieldNames().forEachRemaining(inSchema::add);

    assertThat(knownFields(text)).as(object).isEqualTo(inSchema);
  }

  @Test
  void everyFieldHasATitle() {
    for (JsonNode definition : tree.get("$defs")) {
      assertThat(definition.path("title").asText()).isNotBlank();
      definition
          .path("properties")
          .forEach(field -> assertThat(field.has("title") || field.has("$ref")).isTrue());
    }
  }

  @Test
  void theDefaultsAreThoseOfTheReader() {
    var web =
        reader.parse("{\"components\": [{\"name\": \"w\", \"repo\": \"w\"}]}", "w").require("w");

    assertThat(defaultOf("component", "tag").asText()).isEqualTo(web.tag());
    assertThat(defaultOf("component", "readyTimeout").asLong())
        .isEqualTo(web.readyTimeout().toMillis());
    assertThat(defaultOf("check", "timeout").asLong()).isEqualTo(Limits.CHECK_TIMEOUT.toMillis());
    assertThat(defaultOf("port", "connectTimeout").asLong())
        .isEqualTo(RouteOptions.DEFAULT.connectTimeout().toMillis());
    assertThat(defaultOf("port", "headTimeout").asLong())
        .isEqualTo(HttpOptions.DEFAULT.headTimeout().toMillis());
    assertThat(defaultOf("port", "keepAliveTimeout").asLong())
        .isEqualTo(HttpOptions.DEFAULT.keepAliveTimeout().toMillis());
    assertThat(defaultOf("update", "maxParallel").asInt()).isEqualTo(web.update().maxParallel());
    assertThat(defaultOf("update", "minHealthy").asLong())
        .isEqualTo(web.update().minHealthy().toMillis());
  }

  @Test
  void thePageListsEveryField() throws IOException {
    String page = Files.readString(Path.of("../docs/configuration.md"));

    for (String name : List.of("component", "port", "check", "update", "drain")) {
      tree.at("/$defs/" + name + "/properties")
          .fieldNames()
          .forEachRemaining(field -> assertThat(page).contains("`" + field + "`"));
    }
  }

  private static JsonNode defaultOf(String definition, String field) {
    return tree.at("/$defs/" + definition + "/properties/" + field + "/default");
  }

  /** From the message about an unknown field, which lists the known ones. */
  private Set<String> knownFields(String text) {
    GantryException e =
        catchThrowableOfType(GantryException.class, () -> reader.parse(text, "fields"));
    String line =
        e.text().lines().filter(found -> found.contains("?: unknown field")).findFirst().orElse("");
    String names = line.replaceFirst(".*known fields: ", "").replaceFirst(";.*", "");
    return new TreeSet<>(List.of(names.split(", ")));
  }

  private boolean readerAccepts(String text) {
    try {
      reader.parse(text, "mutation");
      return true;
    } catch (GantryException e) {
      return false;
    }
  }

  private static boolean acceptsIfJson(byte[] content) {
    try {
      return schema.validate(JSON.readTree(content)).isEmpty();
    } catch (IOException e) {
      return false; // refused before a schema could be asked
    }
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("the reader accepted what is not JSON: " + text, e);
    }
  }
}
