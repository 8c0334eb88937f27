package gantry.plugin.driver.docker;

import static gantry.plugin.driver.docker.DockerServers.PATIENCE;
import static gantry.plugin.driver.docker.DockerServers.assertFails;
import static gantry.plugin.driver.docker.DockerServers.run;
import static gantry.plugin.driver.docker.DockerServers.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.container.ContainerDriver;
import gantry.api.container.ContainerId;
import gantry.api.container.Image;
import gantry.api.container.PullListener;
import gantry.testkit.server.DockerEngine;
import gantry.testkit.server.EngineSetup;
import gantry.testkit.server.Registry;
import gantry.testkit.server.TestImages;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads that are cut off, stall, do not fit on the disk, or lose their engine. */
final class DockerPullFaultsIT {
  private static final int DISK_MEGABYTES = 160;
  private static final int LAYER_BYTES = 12 * 1024 * 1024;
  private static final int PART_BYTES = 2 * 1024 * 1024;

  private static DockerServers servers;

  @TempDir private Path folder;
  private ContainerDriver driver;
  private BadLink link;

  @BeforeAll
  static void startServers() {
    DockerEngine engine =
        DockerEngine.start(EngineSetup.ORDINARY.withDisk(DISK_MEGABYTES).withDownloadAttempts(1));
    servers = new DockerServers(engine, Registry.start(), new TestImages(engine));
  }

  @AfterAll
  static void closeServers() {
    servers.close();
  }

  @BeforeEach
  void open() {
    driver = servers.driver(folder);
    link = BadLink.to(servers.registry().address());
  }

  @AfterEach
  void close() {
    driver.close();
    link.close();
  }

  /** An image of some megabytes that the registry has and the engine has not. */
  private Image published(String name) {
    byte[] noise = new byte[LAYER_BYTES];
    new Random(1).nextBytes(noise);
    TestImages images = servers.images();
    String text = java.util.Base64.getEncoder().encodeToString(noise);
    String reference = link.repo(name) + ":latest";
    images.files(reference, Map.of("run", "#!/bin/sh", "noise", text));
    images.push(reference);
    Image image = driver.resolve(link.repo(name), "latest", PATIENCE);
    images.forget(image.id());
    return image;
  }

  private GantryException pullFails(ErrorCode code, Image image, Duration timeout) {
    GantryException[] failure = new GantryException[1];
    assertFails(code, () -> driver.pull(image, PullListener.NONE, timeout))
        .satisfies(seen -> failure[0] = seen);
    return failure[0];
  }

  @Test
  void oneThatIsCutOffIsNoImageAndSucceedsWhenItIsRepeated() {
    Image image = published("cut");
    link.cutAfter(PART_BYTES);

    GantryException failure = pullFails(ErrorCode.REGISTRY_UNREACHABLE, image, PATIENCE);

    assertThat(failure).hasMessageContaining("cannot get image " + image.repo());
    assertThat(servers.engine().docker("images", "--quiet", image.repo())).isEmpty();
    link.repair();
    driver.pull(image, PullListener.NONE, PATIENCE);
  }

  @Test
  void oneThatStallsEndsWithItsTimeAndSaysHowFarItWas() {
    Image image = published("stalled");
    link.stallAfter(PART_BYTES);

    GantryException failure = pullFails(ErrorCode.TIMED_OUT, image, Duration.ofSeconds(5));

    assertThat(failure)
        .hasMessageContaining("did not arrive within")
        .hasMessageContaining("bytes of it had been downloaded");
  }

  @Test
  void anEngineThatEndsMeanwhileIsToBlameItself() {
    Image image = published("abandoned");
    link.stallAfter(PART_BYTES);
    CompletableFuture<GantryException> failure =
        CompletableFuture.supplyAsync(
            () -> pullFails(ErrorCode.ENGINE_UNREACHABLE, image, PATIENCE));
    await().atMost(PATIENCE).until(() -> link.stalled() > 0);

    servers.engine().restart();

    assertThat(failure.join()).hasMessageContaining("container engine");
    link.repair();
    driver.pull(image, PullListener.NONE, PATIENCE);
  }

  @Test
  void aFullDiskIsToldAndLeavesWhatRunsAlone() throws IOException {
    Image image = published("large");
    Image small = servers.local(driver, "silent");
    ContainerId running = run(driver, spec("running", small));
    Path filler = fillDisk();

    GantryException failure = pullFails(ErrorCode.ENGINE_REFUSED, image, PATIENCE);

    assertThat(failure).hasMessageContaining("no space left on device");
    assertThat(failure.next().orElseThrow()).contains("docker system df");
    assertFails(ErrorCode.ENGINE_REFUSED, () -> run(driver, spec("another", small)))
        .extracting(GantryException::text)
        .asString()
        .contains("no space left on device");
    assertThat(driver.inspect(running).orElseThrow().isRunning()).isTrue();
    Files.delete(filler);
    driver.pull(image, PullListener.NONE, PATIENCE);
    run(driver, spec("another", small));
  }

  /** Writes until nothing more fits. */
  private static Path fillDisk() throws IOException {
    Path filler = servers.engine().dataRoot().resolve("filler");
    try (var out = Files.newOutputStream(filler)) {
      byte[] block = new byte[4096];
      while (Files.size(filler) < (long) DISK_MEGABYTES * 1024 * 1024) {
        out.write(block);
      }
      throw new AssertionError("the disk is larger than it was made");
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
      return filler;
    }
  }

  @Test
  void aDigestThatTheRegistryHasNoMoreIsNotFound() throws IOException {
    Image image = published("deleted");
    URI uri =
        URI.create(
            "http://%s/v2/deleted/manifests/%s"
                .formatted(servers.registry().address(), image.digest().orElseThrow()));
    HttpURLConnection delete = (HttpURLConnection) uri.toURL().openConnection();
    delete.setRequestMethod("DELETE");
    assertThat(delete.getResponseCode()).isEqualTo(202);

    GantryException failure = pullFails(ErrorCode.IMAGE_NOT_FOUND, image, PATIENCE);

    assertThat(failure).hasMessageContaining("there is no image " + image.repo() + "@sha256:");
    assertThat(failure.next().orElseThrow()).contains("push this very image again");
  }
}
