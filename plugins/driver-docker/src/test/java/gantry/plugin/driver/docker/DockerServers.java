package gantry.plugin.driver.docker;

import gantry.api.Clock;
import gantry.api.Endpoint;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.container.ContainerDriver;
import gantry.api.container.ContainerId;
import gantry.api.container.ContainerSpec;
import gantry.api.container.ContainerStatus;
import gantry.api.container.Image;
import gantry.testkit.server.DockerEngine;
import gantry.testkit.server.Registry;
import gantry.testkit.server.TestImages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ObjectAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** An engine and a registry for the tests of one class, and what those tests do again and again. */
record DockerServers(DockerEngine engine, Registry registry, TestImages images)
    implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);
  static final Map<String, String> LABELS = Map.of("gantry.test", "yes");

  static DockerServers start() {
    DockerEngine engine = DockerEngine.start();
    return new DockerServers(engine, Registry.start(), new TestImages(engine));
  }

  ContainerDriver driver(Path folder) {
    return DockerRig.driver(engine.host(), folder, Map.of(), Limits.DEFAULT);
  }

  ContainerDriver driver(Path folder, Limits limits) {
    return DockerRig.driver(engine.host(), folder, Map.of(), limits);
  }

  /** An image that only this engine has, under a name without a registry. */
  Image local(ContainerDriver driver, String name) {
    images.silent(name + ":latest");
    return driver.resolve(name, "latest", PATIENCE);
  }

  static ContainerSpec spec(String name, Image image, int... ports) {
    Set<Integer> all = new java.util.TreeSet<>();
    for (int port : ports) {
      all.add(port);
    }
    return new ContainerSpec(name, image, List.of(), Map.of(), LABELS, all);
  }

  static Endpoint endpoint(ContainerStatus status, int port) {
    return Objects.requireNonNull(status.endpoints().get(port), () -> "no port in " + status);
  }

  static ContainerId run(ContainerDriver driver, ContainerSpec spec) {
    ContainerId id = driver.create(spec);
    driver.start(id);
    return id;
  }

  static ObjectAssert<GantryException> assertFails(ErrorCode code, ThrowingCallable call) {
    long start = Clock.SYSTEM.monotonicNanos();
    GantryException failure = Assertions.catchThrowableOfType(GantryException.class, call);
    Assertions.assertThat(failure)
        .as("after %s", Clock.SYSTEM.since(start))
        .isNotNull()
        .extracting(GantryException::code)
        .as(() -> failure.text())
        .isEqualTo(code);
    return Assertions.assertThatObject(failure);
  }

  @Override
  public void close() {
    registry.close();
    engine.close();
  }
}
