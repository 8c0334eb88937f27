package gantry.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.testkit.server.DockerEngine;
import gantry.testkit.server.EngineSetup;
import gantry.testkit.server.FreePorts;
import gantry.testkit.server.Registry;
import gantry.testkit.server.TestImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Updates that the engine or a registry refuses: told with the cause, and what serves serves on.
 */
@SuppressWarnings("NullAway.Init") // made before all tests
class LocalEngineFaultsIT {
  private static final int PORT = 8888;
  private static final int DISK_MEGABYTES = 64;

  private static DockerEngine engine;
  private static Registry registry;
  private static TestImages images;

  private final LocalRig rig = new LocalRig();
  private String repo = "";
  private String foreign = "";

  @BeforeAll
  static void startServers() {
    engine = DockerEngine.start(EngineSetup.ORDINARY.withDisk(DISK_MEGABYTES));
    registry = Registry.start();
    images = new TestImages(engine);
    images.silent("others:latest");
  }

  @AfterAll
  static void stopServers() {
    registry.close();
    engine.close();
  }

  @BeforeEach
  void serve() {
    rig.with("GANTRY_DRIVER", "docker")
        .with("DOCKER_HOST", engine.host())
        .with("DOCKER_CONFIG", rig.folder().toString());
    repo = registry.repo("my/image" + FreePorts.next());
    configure(repo, "latest", rig.port());
    images.push(images.http(repo + ":latest", PORT, "one"));
    rig.gantry("update", "web").ok();
    foreign = engine.docker("run", "--detach", "others:latest").strip();
  }

  @AfterEach
  void close() {
    rig.gantry("kill", "web");
    engine.docker("rm", "--force", foreign);
    rig.close();
  }

  private void configure(String name, String tag, int external) {
    rig.configuration(
        """
        {"components": [{"name": "web", "repo": "%s", "tag": "%s",
          "ports": [{"external": %d, "container": %d}],
          "readyChecks": [{"kind": "http", "port": %d}]}]}
        """
            .formatted(name, tag, external, PORT, PORT));
  }

  /** Fails for this reason, while everything that was there goes on. */
  private void updateFails(int code, String... reasons) {
    List<String> before = running();
    Answer answer = rig.gantry("update", "web").exits(code);
    assertThat(answer.err()).contains(reasons);
    assertThat(rig.page()).isEqualTo("one");
    assertThat(running()).containsExactlyElementsOf(before);
  }

  private static List<String> running() {
    return engine.docker("ps", "--quiet").lines().sorted().toList();
  }

  @Test
  void noAccessAndNoSuchImageAreToldApart() {
    configure(repo, "v7", rig.port());
    updateFails(4, "there is no image " + repo + ":v7", "check the repo and the tag");
    try (Registry closed = Registry.startWithPassword()) {
      configure(closed.repo("web"), "latest", rig.port());
      updateFails(4, "denies access", "(asked without a login, as " + rig.folder(), "docker login");
    }
  }

  @Test
  void aNameThatIsTakenIsToldAndItsOwnerIsLeftAlone() {
    String ours = engine.docker("ps", "--format", "{{.Names}}", "--filter", "name=-r1").strip();
    engine.docker("rename", foreign, ours.replaceAll("-r1$", "-r2"));
    updateFails(5, "a container named " + ours.replaceAll("-r1$", "-r2"), "with other labels");
  }

  @Test
  void aPortThatAnotherProgramHasAndAFullDiskAreTold() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      configure(repo, "latest", taken.getLocalPort());
      updateFails(5, Integer.toString(taken.getLocalPort()), "in use");
    }
    configure(repo, "latest", rig.port());
    Path filler = fillDisk();
    updateFails(5, "no space left on device");
    Files.delete(filler);
    rig.gantry("update", "web").ok();
  }

  /** Writes until nothing more fits. */
  private static Path fillDisk() {
    Path filler = engine.dataRoot().resolve("filler");
    try (var out = Files.newOutputStream(filler)) {
      byte[] block = new byte[4096];
      while (Files.size(filler) < (long) DISK_MEGABYTES * 1024 * 1024) {
        out.write(block);
      }
      throw new AssertionError("the disk is larger than it was made");
    } catch (IOException full) {
      if (String.valueOf(full.getMessage()).contains("No space left")) {
        return filler;
      }
      throw new UncheckedIOException(full);
    }
  }
}
