package gantry.plugin.driver.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.container.ContainerId;
import gantry.api.container.ContainerSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Makes containers. The name is the identity: when the answer to an earlier attempt was lost, the
 * next one meets the name and adopts what it finds, provided that the labels are the same.
 */
final class ContainerCreation {
  private static final String LOOPBACK = "127.0.0.1";

  /** A container that logs too much must not fill the machine's disk: 30 MB each. */
  private static final Map<String, String> LOG_LIMITS = Map.of("max-size", "10m", "max-file", "3");

  // An engine that still works on a request whose sender has given up has reserved the name, and
  // shows the container only a moment later; 5 s are ample.
  private static final int MAX_ATTEMPTS = 100;
  private static final Duration RETRY_PAUSE = Duration.ofMillis(50);

  private final Engine engine;
  private final AddressingChoice addressing;

  ContainerCreation(Engine engine, AddressingChoice addressing) {
    this.engine = engine;
    this.addressing = addressing;
  }

  ContainerId create(ContainerSpec spec) {
    String doing = "creating container " + spec.name();
    return engine.call(doing, engine.limits().change(), client -> create(client, spec));
  }

  private ContainerId create(DockerClient client, ContainerSpec spec) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return createOnce(client, spec);
      } catch (ConflictException e) {
        Optional<InspectContainerResponse> found = ContainerReader.inspect(client, spec.name());
        if (found.isPresent()) {
          return adopt(client, spec, found.get(), e);
        }
        if (attempt == MAX_ATTEMPTS) {
          throw e;
        }
        TimeUnit.NANOSECONDS.sleep(RETRY_PAUSE.toNanos());
      }
    }
  }

  private ContainerId createOnce(DockerClient client, ContainerSpec spec) {
    try {
      return new ContainerId(command(client, spec).exec().getId());
    } catch (NotFoundException e) {
      throw new GantryException(
          ErrorCode.IMAGE_NOT_FOUND,
          "creating container %s: image %s (%s) is not on this machine: %s"
              .formatted(
                  spec.name(),
                  spec.image().reference(),
                  spec.image().briefId(),
                  EngineErrors.words(e)),
          e);
    }
  }

  private CreateContainerCmd command(DockerClient client, ContainerSpec spec) {
    List<ExposedPort> ports = spec.ports().stream().map(ExposedPort::tcp).toList();
    CreateContainerCmd command =
        client
            .createContainerCmd(imageReference(spec))
            .withName(spec.name())
            .withLabels(spec.labels())
            .withEnv(environment(spec))
            .withExposedPorts(ports)
            .withHostConfig(hostConfig(client, ports));
    if (!spec.command().isEmpty()) {
      command.withCmd(spec.command());
    }
    return command;
  }

  /** The digest where there is one: what an id hashes depends on how the engine stores images. */
  private static String imageReference(ContainerSpec spec) {
    ImageName name = new ImageName(spec.image().repo());
    return spec.image().digest().map(name::pinned).orElse(spec.image().id());
  }

  private static List<String> environment(ContainerSpec spec) {
    return spec.environment().entrySet().stream()
        .map(variable -> variable.getKey() + "=" + variable.getValue())
        .sorted()
        .toList();
  }

  private HostConfig hostConfig(DockerClient client, List<ExposedPort> ports) {
    HostConfig config =
        new HostConfig().withLogConfig(new LogConfig(LogConfig.LoggingType.JSON_FILE, LOG_LIMITS));
    if (!ports.isEmpty() && addressing.publishes(client)) {
      config.withPortBindings(
          ports.stream()
              .map(port -> new PortBinding(Ports.Binding.bindIp(LOOPBACK), port))
              .toList());
    }
    return config;
  }

  private static ContainerId adopt(
      DockerClient client,
      ContainerSpec spec,
      InspectContainerResponse found,
      ConflictException conflict) {
    Map<String, String> labels = ContainerMapping.labels(found);
    if (!labels.equals(spec.labels()) && !labels.equals(withImageLabels(client, found, spec))) {
      throw new GantryException(
          ErrorCode.ENGINE_REFUSED,
          "a container named %s exists (%s) with other labels: found %s, expected %s"
              .formatted(
                  spec.name(),
                  new ContainerId(found.getId()).brief(),
                  new java.util.TreeMap<>(labels),
                  new java.util.TreeMap<>(spec.labels())),
          "rename or remove it: docker rm " + spec.name(),
          conflict);
    }
    return new ContainerId(found.getId());
  }

  /** The labels that the engine would give to this container: it adds those of the image. */
  private static Map<String, String> withImageLabels(
      DockerClient client, InspectContainerResponse found, ContainerSpec spec) {
    Map<String, String> labels = new HashMap<>();
    Optional.ofNullable(found.getImageId())
        .flatMap(id -> Images.inspect(client, id))
        .map(InspectImageResponse::getConfig)
        .map(ContainerConfig::getLabels)
        .ifPresent(labels::putAll);
    labels.putAll(spec.labels());
    return labels;
  }
}
