package gantry.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.cli.golden.Golden;
import gantry.cli.support.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jars that are dropped into the plugins folder: they add kinds, or stop every command. */
class PluginsIT {
  private static final Path REDIS =
      Path.of("../examples/custom-check/src/main/java/example/redis/RedisHealthCheckFactory.java");

  private static final String PONG =
      """
      void main() throws Exception {
        var address = java.net.InetAddress.getLoopbackAddress();
        try (var server =
            new java.net.ServerSocket(Integer.parseInt(System.getenv("PORT")), 9, address)) {
          while (true) {
            try (var client = server.accept()) {
              client.getOutputStream().write("+PONG\\r\\n".getBytes());
            }
          }
        }
      }
      """;

  private final LocalRig rig = new LocalRig();
  private final Path folder = rig.folder().resolve("plugins");

  @BeforeEach
  void choose() throws IOException {
    Files.createDirectory(folder);
    rig.with("GANTRY_PLUGINS_DIR", folder.toString());
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void theShippedPluginsAreListed() {
    String seen = rig.gantry("plugins").ok().out();
    Golden.assertSame(
        "plugins/shipped",
        seen.replace(Distribution.home().toString(), "GANTRY").replaceAll(" {2,}", "  "));
  }

  @Test
  void aDroppedInCheckAddsItsKind() throws IOException {
    redis().pack(folder.resolve("redis.jar"));
    assertThat(rig.gantry("plugins").ok().out())
        .containsPattern("redis-check +1\\.0\\.0 +check redis +" + folder + "/redis\\.jar");
    rig.configuration(
        """
        {"components": [{"name": "web", "repo": "shop", "tag": "v1", "readyTimeout": 1000,
          "ports": [{"external": %d, "container": 80}],
          "readyChecks": [{"kind": "redis", "port": 80}]}]}
        """
            .formatted(rig.port()));
    Answer answer = rig.gantry("update", "web").exits(5);
    assertThat(answer.out()).contains("Running health check: redis");
    assertThat(answer.err()).contains("expected '+PONG'");
  }

  @Test
  void aComponentThatPassesADroppedInCheckServes() throws IOException {
    redis().pack(folder.resolve("redis.jar"));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path image = rig.release("v2", "#!/bin/sh\nexec " + java + " Pong.java\n");
    LocalRig.write(image.resolve("Pong.java"), PONG);
    rig.configuration(
        """
        {"components": [{"name": "web", "repo": "shop", "tag": "v2",
          "ports": [{"external": %d, "container": 80}],
          "readyChecks": [{"kind": "redis", "port": 80}]}]}
        """
            .formatted(rig.port()));
    assertThat(rig.gantry("update", "web").ok().out()).contains("Monitor check started");
  }

  @Test
  void aMistakeInADroppedInChecksFieldsIsToldWithItsPlace() throws IOException {
    redis().pack(folder.resolve("redis.jar"));
    rig.configuration(
        """
        {"components": [{"name": "web", "repo": "shop", "readyChecks": [{"kind": "redis"}]}]}
        """);
    assertThat(rig.gantry("update", "web").exits(3).err()).contains("readyChecks[0].port: missing");
  }

  @Test
  void aCorruptJarStopsTheCommand() throws IOException {
    Files.writeString(folder.resolve("bad.jar"), "not a jar");
    refused("not-a-jar");
  }

  @Test
  void aJarForAnotherMajorVersionStopsTheCommand() throws IOException {
    redis().with("Plugin-Requires", "2.0").pack(folder.resolve("bad.jar"));
    refused("other-major");
  }

  @Test
  void aKindThatExistsAlreadyStopsTheCommand() throws IOException {
    check("\"http\"", "").pack(folder.resolve("bad.jar"));
    refused("kind-twice");
  }

  @Test
  void aJarThatThrowsStopsTheCommand() throws IOException {
    check("\"own\"", "public Own() { throw new IllegalStateException(\"no licence\"); }")
        .pack(folder.resolve("bad.jar"));
    refused("throws");
  }

  @Test
  void aPluginsFolderThatIsNotThereStopsTheCommand() {
    rig.with("GANTRY_PLUGINS_DIR", rig.folder().resolve("none").toString());
    Answer answer = rig.gantry("plugins").exits(4);
    Golden.assertSame("plugins/no-folder", placeless(answer.err()));
  }

  private void refused(String golden) {
    Answer list = rig.gantry("list", "web").exits(4);
    Answer plugins = rig.gantry("plugins").exits(4);
    assertThat(list.err()).isEqualTo(plugins.err()).contains(folder.resolve("bad.jar").toString());
    Golden.assertSame("plugins/" + golden, placeless(list.err()));
  }

  private String placeless(String text) {
    return text.replace(rig.folder().toString(), "FOLDER")
        .replace(Distribution.home().toString(), "GANTRY");
  }

  private PluginJar redis() throws IOException {
    return new PluginJar(rig.folder().resolve("forge"), "redis-check")
        .source("example.redis.RedisHealthCheckFactory", LocalRig.read(REDIS));
  }

  private PluginJar check(String kind, String body) throws IOException {
    return new PluginJar(rig.folder().resolve("forge"), "own-check")
        .source(
            "own.Own",
            """
            package own;
            import gantry.api.Fields;
            import gantry.api.check.HealthCheck;
            import gantry.api.check.HealthCheckFactory;
            @org.pf4j.Extension
            public class Own implements HealthCheckFactory {
              %s
              public String kind() { return %s; }
              public HealthCheck create(Fields fields) { return null; }
            }
            """
                .formatted(body, kind));
  }
}
