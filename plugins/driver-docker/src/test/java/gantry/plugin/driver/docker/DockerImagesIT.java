package gantry.plugin.driver.docker;

import static gantry.plugin.driver.docker.DockerServers.PATIENCE;
import static gantry.plugin.driver.docker.DockerServers.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.Clock;
import gantry.api.ErrorCode;
import gantry.api.container.ContainerDriver;
import gantry.api.container.Image;
import gantry.api.container.PullListener;
import gantry.testkit.server.Registry;
import gantry.testkit.server.TestImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names, digests, registries that fail, and credentials. */
final class DockerImagesIT {
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
  void closeDriver() {
    driver.close();
  }

  private static String publish(Registry registry, String path, String tag, String text) {
    TestImages images = servers.images();
    String repo = registry.repo(path);
    String reference = images.http(repo + ":" + tag, 8080, text);
    images.push(reference);
    images.forget(reference);
    return repo;
  }

  /** Of a size that takes the engine long enough to tell of its progress. */
  private static String publishLarge(Registry registry, String path, String tag) {
    byte[] noise = new byte[8 * 1024 * 1024];
    new Random(1).nextBytes(noise);
    TestImages images = servers.images();
    String repo = registry.repo(path);
    String text = Base64.getEncoder().encodeToString(noise);
    String reference = images.files(repo + ":" + tag, Map.of("run", "#!/bin/sh", "noise", text));
    images.push(reference);
    images.forget(reference);
    return repo;
  }

  @Test
  void aPullBringsTheDigestAlthoughTheTagHasMoved() {
    String repo = publishLarge(servers.registry(), "pinned", "latest");
    Image one = driver.resolve(repo, "latest", PATIENCE);
    servers.images().forget(one.id());
    publish(servers.registry(), "pinned", "latest", "two");
    AtomicLong arrived = new AtomicLong();

    driver.pull(one, (done, total) -> arrived.set(done), PATIENCE);

    String id =
        servers
            .engine()
            .docker("inspect", "-f", "{{.Id}}", repo + "@" + one.digest().orElseThrow())
            .strip();
    assertThat(id).isEqualTo(one.id());
    assertThat(driver.resolve(repo, "latest", PATIENCE).id()).isNotEqualTo(one.id());
    assertThat(arrived.get()).isPositive();
  }

  @Test
  void onlyTheTagThatWasAskedForIsPulled() {
    publish(servers.registry(), "many", "v1", "one");
    String repo = publish(servers.registry(), "many", "v2", "two");

    driver.resolve(repo, "v1", PATIENCE);

    assertThat(servers.engine().docker("images", "--format", "{{.Tag}}", repo).lines())
        .containsExactly("v1");
  }

  @Test
  void anImageThatTheRegistryDoesNotKnowMayBeOnThisMachine() {
    String repo = servers.registry().repo("never/pushed");
    servers.images().silent(repo + ":v1");

    Image image = driver.resolve(repo, "v1", PATIENCE);

    assertThat(image.digest()).isEmpty();
    driver.pull(image, PullListener.NONE, PATIENCE);
  }

  @Test
  void aNameWithoutRegistryMayBeAnImageThatWasBuiltHere() {
    Image image = servers.local(driver, "built/here");

    assertThat(image.digest()).isEmpty();
    assertThat(image.id()).startsWith("sha256:");
  }

  @Test
  void anImageOfAnotherMachineOnlyIsNotFound() {
    String id = "sha256:" + "ab".repeat(32);
    Image image = new Image("built/elsewhere", "latest", id, Optional.empty());

    assertFails(ErrorCode.IMAGE_NOT_FOUND, () -> driver.pull(image, PullListener.NONE, PATIENCE))
        .extracting(failure -> failure.text())
        .asString()
        .contains("built/elsewhere:latest", "no registry has it");
  }

  @Test
  void aRegistryThatIsDownIsNotAMissingImageEvenIfAnOldOneIsHere() {
    try (Registry registry = Registry.start()) {
      String repo = publish(registry, "shop/web", "latest", "one");
      Image image = driver.resolve(repo, "latest", PATIENCE);
      registry.stop();

      assertFails(ErrorCode.REGISTRY_UNREACHABLE, () -> driver.resolve(repo, "latest", PATIENCE))
          .extracting(failure -> failure.text())
          .asString()
          .contains(repo, "connection refused");
      driver.pull(image, PullListener.NONE, PATIENCE); // is here, so nobody has to be asked
    }
  }

  @Test
  void aMuteRegistryIsToldWithinTheTimeoutAndNotTakenForAMuteEngine() {
    try (Registry registry = Registry.start()) {
      String repo = publish(registry, "shop/web", "latest", "one");
      registry.pause();
      long start = Clock.SYSTEM.monotonicNanos();

      assertFails(
          ErrorCode.REGISTRY_UNREACHABLE,
          () -> driver.resolve(repo, "latest", Duration.ofSeconds(4)));

      assertThat(Clock.SYSTEM.since(start)).isLessThan(Duration.ofMillis(4500));
    }
  }

  @Test
  void withoutCredentialsAccessIsDenied() {
    try (Registry registry = Registry.startWithPassword()) {
      assertFails(
              ErrorCode.IMAGE_ACCESS_DENIED,
              () -> driver.resolve(registry.repo("shop/web"), "latest", PATIENCE))
          .extracting(failure -> failure.next().orElseThrow())
          .asString()
          .contains("docker login " + registry.address());
    }
  }

  @Test
  void wrongCredentialsAreDeniedAndNotPrinted() throws IOException {
    try (Registry registry = Registry.startWithPassword()) {
      writeLogin(registry, Registry.USER + ":not-this-one");

      assertFails(
              ErrorCode.IMAGE_ACCESS_DENIED,
              () -> driver.resolve(registry.repo("shop/web"), "latest", PATIENCE))
          .extracting(failure -> failure.text() + failure.getCause())
          .asString()
          .contains("asked as user 'gantry' of " + folder.resolve("config.json"))
          .doesNotContain("not-this-one");
    }
  }

  @Test
  void whoIsLetInIsToldThatThereIsNoSuchImage() throws IOException {
    try (Registry registry = Registry.startWithPassword()) {
      writeLogin(registry, Registry.USER + ":" + Registry.PASSWORD);

      assertFails(
          ErrorCode.IMAGE_NOT_FOUND,
          () -> driver.resolve(registry.repo("shop/web"), "latest", PATIENCE));
    }
  }

  @Test
  void aLoginCountsWithTheNextPull() throws IOException {
    try (Registry registry = Registry.startWithPassword()) {
      servers.images().login(registry);
      String repo = publish(registry, "shop/web", "latest", "one");
      assertFails(ErrorCode.IMAGE_ACCESS_DENIED, () -> driver.resolve(repo, "latest", PATIENCE));

      writeLogin(registry, Registry.USER + ":" + Registry.PASSWORD);

      assertThat(driver.resolve(repo, "latest", PATIENCE).digest()).isPresent();
    }
  }

  @Test
  void aCredentialHelperIsAsked() throws IOException {
    try (Registry registry = Registry.startWithPassword()) {
      servers.images().login(registry);
      String repo = publish(registry, "shop/web", "latest", "one");
      Files.writeString(
          folder.resolve("config.json"),
          "{\"credHelpers\":{\"%s\":\"quay\"}}".formatted(registry.address()));
      Path helper = folder.resolve("docker-credential-quay");
      Files.writeString(
          helper,
          """
          #!/bin/sh
          read registry
          echo "{\\"ServerURL\\":\\"$registry\\",\\"Username\\":\\"%s\\",\\"Secret\\":\\"%s\\"}"
          """
              .formatted(Registry.USER, Registry.PASSWORD));
      assertThat(helper.toFile().setExecutable(true)).isTrue();

      try (ContainerDriver helped =
          DockerRig.driver(
              servers.engine().host(),
              folder,
              Map.of("docker.helperPath", folder.toString()),
              Limits.DEFAULT)) {
        assertThat(helped.resolve(repo, "latest", PATIENCE).digest()).isPresent();
      }
    }
  }

  private void writeLogin(Registry registry, String pair) throws IOException {
    String auth = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    Files.writeString(
        folder.resolve("config.json"),
        "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(registry.address(), auth));
  }
}
