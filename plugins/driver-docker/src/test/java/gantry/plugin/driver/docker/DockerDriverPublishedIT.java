package gantry.plugin.driver.docker;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.container.ContainerId;
import gantry.api.container.ContainerStatus;
import gantry.testkit.container.ContainerDriverContract;
import gantry.testkit.container.ContainerRig;
import gantry.testkit.container.ContainerScene;
import gantry.testkit.server.DockerEngine;
import gantry.testkit.server.Registry;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract with containers behind ports that the engine publishes on loopback. */
final class DockerDriverPublishedIT extends ContainerDriverContract {
  private static DockerEngine engine;
  private static Registry registry;

  @BeforeAll
  static void start() {
    engine = DockerEngine.start();
    registry = Registry.start();
  }

  @AfterAll
  static void close() {
    registry.close();
    engine.close();
  }

  @Override
  protected ContainerRig open(Path folder) {
    return DockerRig.open(engine, registry, folder, Map.of("docker.addressing", "published"));
  }

  @Test
  void endpointsAreOnLoopbackAndThoseOfThePresentLife() {
    ContainerId id = scene().start("web", scene().web("one"));
    scene().awaitServes(id, "one");
    ContainerStatus first = scene().status(id);
    assertThat(DockerServers.endpoint(first, ContainerScene.PORT).host()).isEqualTo("127.0.0.1");

    scene().driver().stop(id, ContainerScene.GRACE);
    ContainerId other = scene().start("other", scene().web("two")); // may take the first one's port
    scene().driver().start(id);

    scene().awaitServes(id, "one");
    scene().awaitServes(other, "two");
  }
}
