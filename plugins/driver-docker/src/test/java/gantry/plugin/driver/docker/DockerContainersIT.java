package gantry.plugin.driver.docker;

import static gantry.plugin.driver.docker.DockerServers.LABELS;
import static gantry.plugin.driver.docker.DockerServers.assertFails;
import static gantry.plugin.driver.docker.DockerServers.run;
import static gantry.plugin.driver.docker.DockerServers.spec;
import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.ErrorCode;
import gantry.api.container.ContainerDriver;
import gantry.api.container.ContainerId;
import gantry.api.container.ContainerState;
import gantry.api.container.ContainerStatus;
import gantry.api.container.Image;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Docker adds to the contract of containers. */
final class DockerContainersIT {
  private static DockerServers servers;

  @TempDir private Path folder;
  private ContainerDriver driver;

  @BeforeAll
  static void startServers() {
    servers = DockerServers.start();
  }

  @AfterAll
  static void closeServers() {
    servers.close();
  }

  @BeforeEach
  void openDriver() {
    driver = servers.driver(folder);
  }

  @AfterEach
  void removeContainers() {
    for (ContainerStatus status : driver.list(LABELS)) {
      driver.kill(status.id());
      driver.remove(status.id());
    }
    driver.close();
  }

  private static String docker(String... arguments) {
    return servers.engine().docker(arguments).strip();
  }

  @Test
  void aContainerIsReachedAtItsOwnAddressAndPublishesNothing() {
    ContainerId id = run(driver, spec("direct", servers.local(driver, "silent"), 8080));

    ContainerStatus status = driver.inspect(id).orElseThrow();

    String net = servers.engine().gateway().replaceFirst("\\.1$", ".");
    assertThat(DockerServers.endpoint(status, 8080).host()).startsWith(net);
    assertThat(DockerServers.endpoint(status, 8080).port()).isEqualTo(8080);
    assertThat(docker("port", id.value())).isEmpty();
  }

  @Test
  void logsAreLimited() {
    ContainerId id = driver.create(spec("limited", servers.local(driver, "silent")));

    assertThat(docker("inspect", "-f", "{{json .HostConfig.LogConfig}}", id.value()))
        .contains("json-file", "\"max-size\":\"10m\"", "\"max-file\":\"3\"");
  }

  @Test
  void containersOfOthersAreNeitherListedNorAdopted() {
    Image image = servers.local(driver, "silent");
    String foreign = docker("run", "--detach", "--name", "taken", "silent:latest");
    try {
      assertFails(ErrorCode.ENGINE_REFUSED, () -> driver.create(spec("taken", image)))
          .extracting(failure -> failure.text())
          .asString()
          .contains("taken", foreign.substring(0, 12), "gantry.test=yes");
      assertThat(driver.list(LABELS)).isEmpty();
      assertThat(docker("inspect", "-f", "{{.State.Running}}", foreign)).isEqualTo("true");
    } finally {
      docker("rm", "--force", foreign);
    }
  }

  @Test
  void labelsOfTheImageDoNotPreventAdoption() {
    docker("import", "--change", "LABEL vendor=acme", emptyArchive(), "labelled:latest");
    Image image = driver.resolve("labelled", "latest", DockerServers.PATIENCE);
    var spec =
        new gantry.api.container.ContainerSpec(
            "labelled", image, List.of("/bin/none"), Map.of(), LABELS, java.util.Set.of());

    ContainerId id = driver.create(spec);

    assertThat(driver.create(spec)).isEqualTo(id);
    assertThat(driver.inspect(id).orElseThrow().labels()).containsEntry("vendor", "acme");
  }

  private String emptyArchive() {
    try {
      Path archive = folder.resolve("empty.tar");
      java.nio.file.Files.write(archive, new byte[10_240]); // two blocks of zeros end an archive
      return archive.toString();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aStartThatFailsLeavesTheContainerAndTellsTheEnginesWords() {
    Image image = servers.local(driver, "silent");
    var spec =
        new gantry.api.container.ContainerSpec(
            "broken", image, List.of("/bin/nothing"), Map.of(), LABELS, java.util.Set.of());
    ContainerId id = driver.create(spec);

    assertFails(ErrorCode.ENGINE_REFUSED, () -> driver.start(id))
        .extracting(failure -> failure.text())
        .asString()
        .contains("/bin/nothing", "no such file");

    ContainerStatus status = driver.inspect(id).orElseThrow();
    assertThat(status.state()).isEqualTo(ContainerState.CREATED);
    assertThat(status.exitCode()).isEmpty();
  }

  @Test
  void anImageThatIsNotHereIsNotFound() {
    String id = "sha256:" + "cd".repeat(32);
    Image missing = new Image("shop/web", "v1", id, Optional.empty());

    assertFails(ErrorCode.IMAGE_NOT_FOUND, () -> driver.create(spec("lost", missing)));
  }

  @Test
  void theStartTimeHasNanoseconds() {
    ContainerId id = run(driver, spec("timed", servers.local(driver, "silent")));

    ContainerStatus status = driver.inspect(id).orElseThrow();

    String started = docker("inspect", "-f", "{{.State.StartedAt}}", id.value());
    assertThat(status.startedAt()).contains(Instant.parse(started)); // no trailing zeros in it
  }

  @Test
  void aPausedContainerRunsAndCanBeStopped() {
    ContainerId id = run(driver, spec("paused", servers.local(driver, "silent")));
    docker("pause", id.value());

    assertThat(driver.inspect(id).orElseThrow().isRunning()).isTrue();
    driver.stop(id, Duration.ofSeconds(1));

    assertThat(driver.inspect(id).orElseThrow().state()).isEqualTo(ContainerState.EXITED);
  }

  @Test
  void volumesThatOnlyItUsedGoWithIt() {
    docker("import", "--change", "VOLUME /data", emptyArchive(), "volume:latest");
    Image image = driver.resolve("volume", "latest", DockerServers.PATIENCE);
    var spec =
        new gantry.api.container.ContainerSpec(
            "volume", image, List.of("/bin/none"), Map.of(), LABELS, java.util.Set.of());
    ContainerId id = driver.create(spec);
    assertThat(docker("volume", "ls", "--quiet")).isNotEmpty();

    driver.remove(id);

    assertThat(docker("volume", "ls", "--quiet")).isEmpty();
  }

  @Test
  void aCommandThatDoesNotExistIsToldByItsCode() {
    ContainerId id = run(driver, spec("exec", servers.local(driver, "silent")));

    var result = driver.exec(id, List.of("no-such-command"), DockerServers.PATIENCE);

    assertThat(result.exitCode()).isIn(126, 127);
    assertThat(result.output()).contains("no-such-command");
  }
}
