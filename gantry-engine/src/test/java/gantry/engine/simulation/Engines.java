package gantry.engine.simulation;

import gantry.api.container.ContainerId;
import gantry.api.container.ContainerSpec;
import gantry.api.container.ContainerStatus;
import gantry.api.container.Image;
import gantry.testkit.container.InMemoryDriver;
import gantry.testkit.container.InMemoryEngine;
import gantry.testkit.container.ScriptedImage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The machines' container engines, each with a container of somebody else's. */
final class Engines {
  static final Map<String, String> FOREIGN = Map.of("owner", "somebody else");

  /** A pull that takes so long outlasts every world. */
  static final Duration FOR_EVER = Duration.ofMinutes(30);

  private Engines() {}

  static InMemoryEngine of(int index, World world) {
    if (index > 0 && world.temper.sharedEngine()) {
      return world.engines.getFirst();
    }
    InMemoryEngine engine =
        new InMemoryEngine(
            "engine" + index, world.registry, world.clock, Runnable::run, Engines::pause);
    world.engines.add(engine);
    addForeign(engine, world);
    return engine;
  }

  /** Calls take no time; a job that never ends is left here. */
  private static void pause(Duration time) {
    if (time.compareTo(FOR_EVER) >= 0) {
      throw new Crash("a call that never ends");
    }
  }

  static Optional<ContainerStatus> foreign(InMemoryEngine engine) {
    return new InMemoryDriver(engine).list(FOREIGN).stream().findFirst();
  }

  private static void addForeign(InMemoryEngine engine, World world) {
    Image image = world.registry.publish("other", "latest", ScriptedImage.serving("foreign"));
    InMemoryDriver driver = new InMemoryDriver(engine);
    driver.pull(image, (done, total) -> {}, Duration.ofSeconds(1));
    ContainerId id =
        driver.create(
            new ContainerSpec(
                "gantry-shop-web-other-r1", image, List.of(), Map.of(), FOREIGN, Set.of()));
    driver.start(id);
  }
}
