package gantry.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gantry.cli.golden.Golden;
import gantry.testkit.server.DockerEngine;
import gantry.testkit.server.FreePorts;
import gantry.testkit.server.Registry;
import gantry.testkit.server.TestImages;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The documented answers with a real engine and a real registry. */
@SuppressWarnings("NullAway.Init") // made before all tests
class LocalDockerIT {
  private static final Duration PROMPT = Duration.ofSeconds(2);
  private static final int PORT = 8888;

  private static DockerEngine engine;
  private static Registry registry;
  private static TestImages images;

  private final LocalRig rig = new LocalRig();
  private final Normalised normalised = new Normalised(rig.folder());
  private String reference = "";

  @BeforeAll
  static void startServers() {
    engine = DockerEngine.start();
    registry = Registry.start();
    images = new TestImages(engine);
  }

  @AfterAll
  static void stopServers() {
    registry.close();
    engine.close();
  }

  @BeforeEach
  void configure() {
    rig.with("GANTRY_DRIVER", "docker").with("DOCKER_HOST", engine.host());
    reference = registry.repo("my/image" + FreePorts.next()) + ":latest";
    String repo = reference.substring(0, reference.lastIndexOf(':'));
    rig.configuration(
        """
        {"components": [{"name": "web", "repo": "%s",
          "ports": [{"external": %d, "container": %d}],
          "readyChecks": [{"kind": "http", "port": %d}]}]}
        """
            .formatted(repo, rig.port(), PORT, PORT));
    push("one");
  }

  @AfterEach
  void close() {
    rig.gantry("kill", "web");
    rig.close();
  }

  @Test
  void anUpdateAListAndAStopAnswerAsDocumented() throws IOException {
    golden("update", rig.gantry("update", "web"));
    assertThat(rig.page()).isEqualTo("one");
    golden("list", rig.gantry("list", "web"));

    push("two");
    try (Socket held = rig.connection()) {
      rig.gantry("update", "web").ok();
      assertThat(rig.page()).isEqualTo("two");
      golden("list-draining", rig.gantry("list", "web"));
      assertThat(LocalRig.finish(held)).isEqualTo("one");
    }
    awaitContainers(1);
    golden("stop", rig.gantry("stop", "web"));
    awaitContainers(0);
  }

  @Test
  void aKillAnswersAsDocumented() throws IOException {
    rig.gantry("start", "web").ok();
    try (Socket held = rig.connection()) {
      golden("kill", rig.gantry("kill", "web"));
      awaitContainers(0);
      assertThat(LocalRig.finish(held)).isNotEqualTo("one");
    }
  }

  @Test
  void aStopWaitsForTheLastConnection() throws IOException {
    rig.gantry("start", "web").ok();
    try (Socket held = rig.connection()) {
      RunningCommand stop = rig.start("gantry", "stop", "web").says("Monitor check started");
      assertThat(rig.gantry("list", "web").ok().out()).contains("draining");
      assertThat(stop.isRunning()).isTrue();
      assertThat(LocalRig.finish(held)).isEqualTo("one");
      awaitContainers(0);
      stop.answer().ok();
    }
  }

  private void push(String page) {
    images.push(images.http(reference, PORT, page));
  }

  private void awaitContainers(int count) {
    await("containers")
        .atMost(PROMPT)
        .until(() -> engine.docker("ps", "--quiet").lines().count() == count);
  }

  private void golden(String name, Answer answer) {
    answer.ok();
    assertThat(answer.err()).as("standard error").isEmpty();
    String seen =
        normalised
            .narrow(answer.out())
            .replaceAll("my/image\\d+", "my/image")
            .replaceAll("http://10[0-9.]+:", "http://ADDRESS:");
    Golden.assertSame("docker/" + name, seen);
  }
}
