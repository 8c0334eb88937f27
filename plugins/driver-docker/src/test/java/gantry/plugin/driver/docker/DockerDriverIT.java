package gantry.plugin.driver.docker;

import gantry.testkit.container.ContainerDriverContract;
import gantry.testkit.container.ContainerRig;
import gantry.testkit.server.DockerEngine;
import gantry.testkit.server.Registry;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract with containers at their own addresses. */
final class DockerDriverIT extends ContainerDriverContract {
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
    return DockerRig.open(engine, registry, folder, Map.of("docker.addressing", "direct"));
  }
}
