package gantry.plugin.driver.process;

import gantry.api.Clock;
import gantry.api.container.ContainerId;
import gantry.api.container.ContainerSpec;
import gantry.api.container.Image;
import gantry.api.container.PullListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A program that starts containers and is killed while it does, or after it has. */
final class StarterMain {
  static final String STARTED = "started ";
  static final Map<String, String> LABELS = Map.of("starter", "main");

  private StarterMain() {}

  /**
   * Starts one container and stays, or with {@code loop} starts, kills and removes one after the
   * other.
   */
  public static void main(String[] args) throws InterruptedException {
    try (ProcessDriver driver = new ProcessDriver(Path.of(args[0]), Clock.SYSTEM)) {
      Image image = driver.resolve(args[1], "latest", Duration.ofSeconds(10));
      driver.pull(image, PullListener.NONE, Duration.ofSeconds(10));
      boolean loop = args.length > 2 && args[2].equals("loop");
      for (int i = 0; loop || i == 0; i++) {
        ContainerId id = driver.create(spec("starter-" + i, image));
        driver.start(id);
        System.out.println(STARTED + id);
        if (loop) {
          driver.kill(id);
          driver.remove(id);
        }
      }
      Thread.currentThread().join();
    }
  }

  static ContainerSpec spec(String name, Image image) {
    return new ContainerSpec(name, image, List.of(), Map.of(), LABELS, Set.of(8080));
  }
}
