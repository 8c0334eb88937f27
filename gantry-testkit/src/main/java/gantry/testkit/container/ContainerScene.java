package gantry.testkit.container;

import gantry.api.container.ContainerDriver;
import gantry.api.container.ContainerId;
import gantry.api.container.ContainerSpec;
import gantry.api.container.ContainerState;
import gantry.api.container.ContainerStatus;
import gantry.api.container.Image;
import gantry.api.container.PullListener;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** One test's containers: names and labels of its own, and waiting with a deadline. */
public final class ContainerScene implements AutoCloseable {
  /** Longer than any single step may take on a busy machine. */
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Ample time for a process that obeys SIGTERM. */
  public static final Duration GRACE = Duration.ofSeconds(20);

  /** Hardly any time; drivers may round it up to a second. */
  public static final Duration SHORT_GRACE = Duration.ofMillis(300);

  /** The container port of {@link #web}. */
  public static final int PORT = 8080;

  static final int PATIENCE_MILLIS = (int) PATIENCE.toMillis();
  private static final String LABEL = "gantry.contract";

  private final ContainerRig rig;
  private final String unique = UUID.randomUUID().toString().substring(0, 8);

  ContainerScene(ContainerRig rig) {
    this.rig = rig;
  }

  ContainerRig rig() {
    return rig;
  }

  /** The driver under test. */
  public ContainerDriver driver() {
    return rig.driver();
  }

  /** A name that no other test has. */
  public String name(String name) {
    return "contract-" + unique + "-" + name;
  }

  /** Labels that all containers of this scene carry, and some more. */
  public Map<String, String> labels(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(more);
    all.put(LABEL, unique);
    return all;
  }

  /** Labels that all containers of this scene carry. */
  public Map<String, String> labels() {
    return labels(Map.of());
  }

  /** Publishes, resolves and pulls. */
  public Image image(String name, String tag, Program program) {
    rig.publish(name, tag, program);
    Image image = driver().resolve(rig.repo(name), tag, PATIENCE);
    driver().pull(image, PullListener.NONE, PATIENCE);
    return image;
  }

  /** An image that serves this text. */
  public Image web(String text) {
    return image("web", "latest", new Program.Serves(text, PORT));
  }

  /** A container with the image's own command, a greeting in its environment, and {@link #PORT}. */
  public ContainerSpec spec(String name, Image image) {
    return new ContainerSpec(
        name(name), image, List.of(), Map.of("GREETING", "hello"), labels(), Set.of(PORT));
  }

  /** Creates a container, not started. */
  public ContainerId create(String name, Image image) {
    return driver().create(spec(name, image));
  }

  /** Creates and starts a container. */
  public ContainerId start(String name, Image image) {
    ContainerId id = create(name, image);
    driver().start(id);
    return id;
  }

  /** Starts a program that announces itself, and waits until it has: its traps are set by then. */
  public ContainerId startAndHear(String name, Program program) {
    ContainerId id = start(name, image(name, "latest", program));
    Awaitility.await().atMost(PATIENCE).until(() -> driver().logs(id, 10).contains("started"));
    return id;
  }

  /** How the container looks now; it must exist. */
  public ContainerStatus status(ContainerId id) {
    return driver().inspect(id).orElseThrow(() -> new AssertionError("no container " + id));
  }

  /** Waits until the container looks so; drivers may report an end a moment late. */
  public ContainerStatus await(ContainerId id, Predicate<ContainerStatus> condition) {
    return Objects.requireNonNull(
        Awaitility.await("container " + id.brief())
            .atMost(PATIENCE)
            .until(() -> status(id), condition));
  }

  /** Waits until the container has ended. */
  public ContainerStatus awaitExited(ContainerId id) {
    return await(id, status -> status.state() == ContainerState.EXITED);
  }

  /** Waits until the container serves exactly this text. */
  public void awaitServes(ContainerId id, String text) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> {
              var endpoint = status(id).endpoints().get(PORT);
              return endpoint != null && rig.ask(endpoint).filter(text::equals).isPresent();
            });
  }

  @Override
  public void close() {
    try (rig) {
      for (ContainerStatus status : driver().list(labels())) {
        driver().kill(status.id());
        driver().remove(status.id());
      }
    }
  }
}
