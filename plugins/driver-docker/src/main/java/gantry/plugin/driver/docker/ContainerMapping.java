package gantry.plugin.driver.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.InternetProtocol;
import com.github.dockerjava.api.model.NetworkSettings;
import com.github.dockerjava.api.model.Ports;
import gantry.api.Endpoint;
import gantry.api.container.ContainerId;
import gantry.api.container.ContainerState;
import gantry.api.container.ContainerStatus;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the engine says of a container, in the SPI's words. */
final class ContainerMapping {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String ANY_ADDRESS = "0.0.0.0";

  private ContainerMapping() {}

  static ContainerStatus status(InspectContainerResponse container) {
    ContainerState state = state(container.getState());
    boolean exited = state == ContainerState.EXITED;
    Long code = container.getState().getExitCodeLong();
    return new ContainerStatus(
        new ContainerId(container.getId()),
        container.getName().replaceFirst("^/", ""),
        labels(container),
        container.getImageId(),
        state,
        exited && code != null ? OptionalInt.of(code.intValue()) : OptionalInt.empty(),
        OffsetDateTime.parse(container.getCreated()).toInstant(),
        time(container.getState().getStartedAt()),
        state == ContainerState.RUNNING ? endpoints(container) : Map.of());
  }

  static Map<String, String> labels(InspectContainerResponse container) {
    ContainerConfig config = container.getConfig();
    Map<String, String> labels = config == null ? null : config.getLabels();
    return labels == null ? Map.of() : labels;
  }

  private static ContainerState state(InspectContainerResponse.ContainerState state) {
    // "paused" and "restarting" run in this sense; after a failed start it is "created" again.
    if (Boolean.TRUE.equals(state.getRunning())) {
      return ContainerState.RUNNING;
    }
    return time(state.getStartedAt()).isEmpty() ? ContainerState.CREATED : ContainerState.EXITED;
  }

  /** The engine writes the year 1 for "never". */
  private static Optional<Instant> time(@Nullable String text) {
    return text == null || text.isEmpty() || text.startsWith("0001-")
        ? Optional.empty()
        : Optional.of(OffsetDateTime.parse(text).toInstant());
  }

  /**
   * Ports that were published when the container was made are reached at the host ports of its
   * present life, the others at its own address. What the container itself says decides, not the
   * present setting: that may have changed since.
   */
  private static Map<Integer, Endpoint> endpoints(InspectContainerResponse container) {
    Map<Integer, Endpoint> endpoints = new HashMap<>();
    NetworkSettings network = container.getNetworkSettings();
    if (!wasPublished(container)) {
      ownAddress(network)
          .ifPresent(
              address ->
                  exposed(container)
                      .forEach(port -> endpoints.put(port, new Endpoint(address, port))));
    } else if (network != null && network.getPorts() != null) {
      network.getPorts().getBindings().forEach((port, to) -> addPublished(endpoints, port, to));
    }
    return endpoints;
  }

  private static boolean wasPublished(InspectContainerResponse container) {
    Ports wanted =
        container.getHostConfig() == null ? null : container.getHostConfig().getPortBindings();
    return wanted != null && !wanted.getBindings().isEmpty();
  }

  private static Stream<Integer> exposed(InspectContainerResponse container) {
    ContainerConfig config = container.getConfig();
    ExposedPort[] ports = config == null ? null : config.getExposedPorts();
    return ports == null
        ? Stream.empty()
        : Stream.of(ports)
            .filter(port -> port.getProtocol() == InternetProtocol.TCP)
            .map(ExposedPort::getPort);
  }

  private static void addPublished(
      Map<Integer, Endpoint> endpoints, ExposedPort port, Ports.Binding @Nullable [] bindings) {
    if (bindings == null || port.getProtocol() != InternetProtocol.TCP) {
      return;
    }
    for (Ports.Binding binding : bindings) {
      String host = binding.getHostIp();
      boolean any = host == null || host.isEmpty() || host.equals(ANY_ADDRESS);
      Endpoint endpoint =
          new Endpoint(any ? LOOPBACK : host, Integer.parseInt(binding.getHostPortSpec()));
      endpoints.putIfAbsent(port.getPort(), endpoint);
    }
  }

  private static Optional<String> ownAddress(@Nullable NetworkSettings settings) {
    if (settings == null || settings.getNetworks() == null) {
      return Optional.empty();
    }
    return settings.getNetworks().values().stream()
        .map(ContainerNetwork::getIpAddress)
        .filter(address -> address != null && !address.isEmpty())
        .findFirst();
  }
}
