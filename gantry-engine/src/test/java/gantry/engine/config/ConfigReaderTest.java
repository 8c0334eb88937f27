package gantry.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.proxy.HttpOptions;
import gantry.api.proxy.RouteKind;
import gantry.api.proxy.RouteOptions;
import gantry.engine.golden.Golden;
import gantry.engine.spec.CheckSpec;
import gantry.engine.spec.ComponentSpec;
import gantry.engine.spec.DrainSpec;
import gantry.engine.spec.PortSpec;
import gantry.engine.spec.ProjectSpec;
import gantry.engine.spec.UpdateSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
  private static final String FULL =
      """
      {
        "$schema": "gantry.schema.json",
        "components": [
          {
            "name": "web",
            "repo": "registry:5000/my/web",
            "tag": "v1",
            "command": ["/bin/web", ""],
            "ports": [
              {"external": 80, "container": 8888, "kind": "http", "headTimeout": 1,
               "keepAliveTimeout": 2, "trustForwarded": true},
              {"external": 5432, "container": 5432, "connectTimeout": 3, "idleTimeout": 4,
               "maxConnections": 5, "proxyProtocol": "v2", "hold": 6},
              {"external": 81, "container": 81}
            ],
            "readyChecks": [
              {"kind": "http", "port": 8888, "path": "/ready", "timeout": 700},
              {"kind": "tcp", "port": 9999}
            ],
            "readyTimeout": 20000,
            "environmentVariables": {"Z": "1", "A": ""},
            "update": {"maxParallel": 2, "minHealthy": 1500, "progressDeadline": 600000},
            "drain": {"timeout": 604800000, "idle": 1}
          }
        ]
      }
      """;

  private static final RouteOptions HTTP_OPTIONS =
      new RouteOptions(
          Duration.ofSeconds(5),
          Duration.ZERO,
          0,
          false,
          Duration.ZERO,
          new HttpOptions(Duration.ofMillis(1), Duration.ofMillis(2), true));

  private static final RouteOptions TCP_OPTIONS =
      new RouteOptions(
          Duration.ofMillis(3),
          Duration.ofMillis(4),
          5,
          true,
          Duration.ofMillis(6),
          new HttpOptions(Duration.ofSeconds(10), Duration.ofSeconds(75), false));

  @TempDir private Path folder;
  private final ConfigReader reader = new ConfigReader(TestExtensions.standard());

  @Test
  void readsEveryField() {
    ComponentSpec web = reader.parse(FULL, "full").require("web");

    assertThat(web)
        .isEqualTo(
            new ComponentSpec(
                "web",
                "registry:5000/my/web",
                "v1",
                List.of("/bin/web", ""),
                List.of(
                    new PortSpec(80, 8888, RouteKind.HTTP, HTTP_OPTIONS),
                    new PortSpec(5432, 5432, RouteKind.TCP, TCP_OPTIONS),
                    new PortSpec(81, 81, RouteKind.TCP, RouteOptions.DEFAULT)),
                List.of(
                    new CheckSpec(
                        "http", Duration.ofMillis(700), Map.of("port", 8888, "path", "/ready")),
                    new CheckSpec("tcp", Duration.ofSeconds(5), Map.of("port", 9999))),
                Duration.ofSeconds(20),
                Map.of("Z", "1", "A", ""),
                new UpdateSpec(2, Duration.ofMillis(1500)).within(Duration.ofMinutes(10)),
                new DrainSpec(Duration.ofDays(7), Duration.ofMillis(1))));
    assertThat(web.environmentVariables().keySet()).containsExactly("Z", "A");
  }

  @Test
  void fillsInEveryDefault() {
    ProjectSpec project =
        reader.parse("{\"components\": [{\"name\": \"web\", \"repo\": \"w\"}]}", "small");

    assertThat(project.components())
        .containsExactly(
            new ComponentSpec(
                "web",
                "w",
                "latest",
                List.of(),
                List.of(),
                List.of(),
                Duration.ofSeconds(10),
                Map.of(),
                UpdateSpec.DEFAULT));
  }

  @Test
  void readsTheOlderNotationOfEnvironmentVariables() {
    ProjectSpec project =
        reader.parse(
            """
            {"components": [{"name": "web", "repo": "w",
              "environmentVariables": [{"name": "FOO", "value": "some value"}, {"name": "B", "value": ""}]}]}
            """,
            "older");

    assertThat(project.require("web").environmentVariables())
        .containsExactly(Map.entry("FOO", "some value"), Map.entry("B", ""));
  }

  @Test
  void ignoresAByteOrderMark() throws IOException {
    Path file = Files.writeString(folder.resolve("bom"), "\ufeff" + FULL, StandardCharsets.UTF_8);

    assertThat(reader.read(file)).isEqualTo(reader.parse(FULL, "full"));
    assertThat(reader.text(file)).isEqualTo(FULL);
  }

  @Test
  void readsTextBeyondAscii() throws IOException {
    String text = FULL.replace("/ready", "/grün/日本/😀");
    Path file = Files.writeString(folder.resolve("unicode"), text);

    assertThat(reader.read(file).require("web").readyChecks().get(0).fields())
        .containsEntry("path", "/grün/日本/😀");
  }

  @Test
  void aKindWithoutPluginIsRefusedEvenWhenThereIsNone() {
    GantryException e =
        refused(
            () ->
                new ConfigReader(TestExtensions.none())
                    .parse(
                        "{\"components\": [{\"name\": \"web\", \"repo\": \"w\","
                            + " \"readyChecks\": [{\"kind\": \"http\"}]}]}",
                        ".gantry"));

    Golden.assertSame("config", "code-no-plugins", e.text());
  }

  @Test
  void theCauseIsWhatAPluginThrew() {
    GantryException e =
        refused(
            () ->
                reader.parse(
                    "{\"components\": [{\"name\": \"web\", \"repo\": \"w\","
                        + " \"readyChecks\": [{\"kind\": \"broken\"}]}]}",
                    ".gantry"));

    assertThat(e).hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void aMissingFileSaysWhereAnotherIsNamed() {
    Golden.assertSame("config", "code-missing-file", refusedFile(folder.resolve(".gantry")));
  }

  @Test
  void aFolderIsNoFile() {
    Golden.assertSame("config", "code-folder", refusedFile(folder));
  }

  @Test
  void aFileOfTenMegabytesIsRefusedUnparsed() throws IOException {
    Path file = Files.write(folder.resolve(".gantry"), new byte[10_000_000]);

    Golden.assertSame("config", "code-too-large", refusedFile(file));
  }

  @Test
  void aFileOfAHundredThousandValuesIsRefused() {
    String text = "{\"components\": [" + "1,".repeat(100_000) + "1]}";

    Golden.assertSame(
        "config", "code-too-many-values", refused(() -> reader.parse(text, ".gantry")).text());
  }

  @Test
  void aFileOfExactlyTheLimitIsRead() throws IOException {
    Path file = folder.resolve("limit");
    Files.writeString(file, FULL + " ".repeat(Limits.FILE_BYTES - FULL.length()));

    assertThat(reader.read(file)).isEqualTo(reader.parse(FULL, "full"));
  }

  @Test
  void anEndlessFileIsRefused() {
    assertThat(refused(() -> reader.read(Path.of("/dev/zero"))).text())
        .contains("larger than 1 MiB");
  }

  @Test
  void namesTheNearestComponent() {
    GantryException e =
        catchThrowableOfType(
            GantryException.class, () -> reader.parse(FULL, "full").require("wbe"));

    assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(e).hasMessage("no component 'wbe'; known components: web; did you mean 'web'?");
  }

  private String refusedFile(Path file) {
    GantryException e = refused(() -> reader.read(file));
    return (e.text() + "\nnext: " + e.next().orElse("-")).replace(folder.toString(), "FOLDER");
  }

  private static GantryException refused(Runnable reading) {
    GantryException e = catchThrowableOfType(GantryException.class, reading::run);
    assertThat(e).isNotNull();
    assertThat(e.code()).isEqualTo(ErrorCode.BAD_CONFIGURATION);
    return e;
  }
}
