package gantry.plugin.driver.process;

import gantry.api.Clock;
import gantry.api.Endpoint;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.Subscription;
import gantry.api.container.ContainerDriver;
import gantry.api.container.ContainerId;
import gantry.api.container.ContainerSpec;
import gantry.api.container.ContainerState;
import gantry.api.container.ContainerStatus;
import gantry.api.container.ExecResult;
import gantry.api.container.Image;
import gantry.api.container.PullListener;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Runs containers as plain processes of this machine; Linux only.
 *
 * <p>An image's repo names a folder, relative to the working directory of whoever resolves it; the
 * resolved image names it absolutely, so that it means the same to every agent that sees the same
 * folder. The tag is a subfolder, or, for {@code latest} where there is none, the folder itself.
 * The image's id and digest are a hash over the content. What runs is a copy of it without write
 * permission (root can write there all the same; a process should not), which is also the working
 * directory. Without a command the executable file {@code run} is started.
 *
 * <p>A process is expected to listen on 127.0.0.1, on {@code $PORT_<container port>} ({@code $PORT}
 * for the lowest). It runs in a session of its own and outlives this JVM. Signals go to its process
 * group. When it has ended, what remains of the group, and whatever else carries its {@code
 * GANTRY_CONTAINER}, is ended too.
 */
public final class ProcessDriver implements ContainerDriver {
  /** What {@code --driver} names. */
  public static final String KIND = "process";

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]*");
  private static final int ID_BYTES = 32;
  private static final String LOOPBACK = "127.0.0.1";

  private final StateFolder state;
  private final Clock clock;
  private final ImageStore images;
  private final ContainerStore containers;
  private final Lifecycle lifecycle;
  private final WatchLoop watches = new WatchLoop(this::lives);
  private final SecureRandom random = new SecureRandom();

  /** A driver that keeps what it must remember in {@code <stateDir>/process}. */
  public ProcessDriver(Path stateDir, Clock clock) {
    this(stateDir, clock, ImageLimits.DEFAULT);
  }

  ProcessDriver(Path stateDir, Clock clock, ImageLimits limits) {
    this.state = new StateFolder(stateDir);
    this.clock = clock;
    this.images = new ImageStore(state, limits, clock);
    this.containers = new ContainerStore(state);
    this.lifecycle = new Lifecycle(state, containers, images, clock);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Image resolve(String repo, String tag, Duration timeout) {
    return images.resolve(repo, tag);
  }

  @Override
  public void pull(Image image, PullListener listener, Duration timeout) {
    images.pull(image, listener, timeout);
    state.locked(
        () -> {
          Set<String> used =
              containers.all().stream()
                  .map(ContainerRecord::imageId)
                  .collect(Collectors.toUnmodifiableSet());
          images.prune(used);
          return used;
        });
  }

  @Override
  public ContainerId create(ContainerSpec spec) {
    if (!NAME.matcher(spec.name()).matches()) {
      throw Failures.refused("container name '" + spec.name() + "' does not match " + NAME);
    }
    return state.locked(() -> adoptOrAdd(spec));
  }

  private ContainerId adoptOrAdd(ContainerSpec spec) {
    List<ContainerRecord> known = containers.all();
    for (ContainerRecord record : known) {
      if (record.name().equals(spec.name())) {
        return adopt(record, spec);
      }
    }
    if (images.find(spec.image().id()).isEmpty()) {
      throw new GantryException(
          ErrorCode.IMAGE_NOT_FOUND, "image " + spec.image().reference() + " was not pulled");
    }
    if (known.size() >= ContainerStore.MAX_CONTAINERS) {
      throw Failures.refused("there are " + known.size() + " containers already; remove some");
    }
    containers.prune();
    ContainerRecord record = ContainerRecord.of(newId(), spec, creationTime(known));
    containers.add(record);
    return new ContainerId(record.id());
  }

  private static ContainerId adopt(ContainerRecord known, ContainerSpec spec) {
    if (!known.labels().equals(spec.labels())) {
      throw Failures.refused(
          "container %s exists already as %s with other labels: %s, wanted %s"
              .formatted(spec.name(), known.brief(), known.labels(), spec.labels()));
    }
    return new ContainerId(known.id());
  }

  private String newId() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Later than all others, whatever the clock does: it orders them. */
  private Instant creationTime(List<ContainerRecord> known) {
    Instant now = clock.wallTime();
    if (known.isEmpty() || now.isAfter(known.getLast().created())) {
      return now;
    }
    return known.getLast().created().plusNanos(1);
  }

  @Override
  public void start(ContainerId id) {
    lifecycle.start(id, watches::poke);
    watches.poke();
  }

  @Override
  public void stop(ContainerId id, Duration grace) {
    containers.find(id).ifPresent(record -> lifecycle.stop(record, grace));
    watches.poke();
  }

  @Override
  public void kill(ContainerId id) {
    containers.find(id).ifPresent(lifecycle::kill);
    watches.poke();
  }

  @Override
  public void remove(ContainerId id) {
    state.locked(
        () -> {
          containers.find(id).ifPresent(lifecycle::remove);
          return id;
        });
  }

  @Override
  public List<ContainerStatus> list(Map<String, String> labels) {
    return containers.all().stream()
        .filter(record -> record.carries(labels))
        .map(this::status)
        .toList();
  }

  @Override
  public Optional<ContainerStatus> inspect(ContainerId id) {
    return containers.find(id).map(this::status);
  }

  private ContainerStatus status(ContainerRecord record) {
    if (record.life() == 0) {
      return status(record, ContainerState.CREATED, OptionalInt.empty());
    }
    return switch (lifecycle.observe(record)) {
      case Life.State.Running it -> status(record, ContainerState.RUNNING, OptionalInt.empty());
      case Life.State.Ended it -> status(record, ContainerState.EXITED, it.exitCode());
      case Life.State.Pending it ->
          throw new IllegalStateException("undecided life of container " + record.brief());
    };
  }

  private static ContainerStatus status(
      ContainerRecord record, ContainerState state, OptionalInt exitCode) {
    Map<Integer, Endpoint> endpoints = new HashMap<>();
    if (state == ContainerState.RUNNING) {
      record.processPorts().forEach((port, at) -> endpoints.put(port, new Endpoint(LOOPBACK, at)));
    }
    return new ContainerStatus(
        new ContainerId(record.id()),
        record.name(),
        record.labels(),
        record.imageId(),
        state,
        exitCode,
        record.created(),
        record.started(),
        endpoints);
  }

  @Override
  public ExecResult exec(ContainerId id, List<String> command, Duration timeout) {
    ContainerRecord record = lifecycle.require(id);
    if (!lifecycle.runs(record)) {
      throw Failures.refused(
          "container " + id.brief() + " does not run: cannot run " + command + " in it");
    }
    Map<String, String> environment = ProcessEnvironment.of(record);
    environment.put(ProcessEnvironment.CONTAINER, record.id());
    return CommandRunner.run(command, environment, images.path(record.imageId()), timeout);
  }

  @Override
  public List<String> logs(ContainerId id, int lastLines) {
    ContainerRecord record = lifecycle.require(id);
    return new LogFile(containers.folder(record.id())).last(lastLines);
  }

  @Override
  public Subscription watch(Map<String, String> labels, Runnable wake) {
    return watches.add(labels, wake);
  }

  /** What differs after any start or end of a container with these labels. */
  private Set<String> lives(Map<String, String> labels) {
    return containers.all().stream()
        .filter(record -> record.carries(labels))
        .map(record -> record.id() + " " + record.life() + " " + lifecycle.runs(record))
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void close() {
    watches.close();
  }
}
