package gantry.plugin.driver.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.ListContainersCmd;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import gantry.api.container.ContainerId;
import gantry.api.container.ContainerStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Observes containers; changes nothing. */
final class ContainerReader {
  private static final Comparator<ContainerStatus> OLDEST_FIRST =
      Comparator.comparing(ContainerStatus::createdAt)
          .thenComparing(container -> container.id().value());

  private final Engine engine;

  ContainerReader(Engine engine) {
    this.engine = engine;
  }

  /** Every one is inspected: the engine's list has no start time and no exit code. */
  List<ContainerStatus> list(Map<String, String> labels) {
    return engine.control(
        "listing containers",
        client -> {
          ListContainersCmd command = client.listContainersCmd().withShowAll(true);
          if (!labels.isEmpty()) {
            command.withLabelFilter(labels);
          }
          return command.exec().stream()
              .map(Container::getId)
              .flatMap(id -> inspect(client, id).stream())
              .map(ContainerMapping::status)
              .sorted(OLDEST_FIRST)
              .toList();
        });
  }

  Optional<ContainerStatus> inspect(ContainerId id) {
    return engine.control(
        "inspecting container " + id.brief(),
        client -> inspect(client, id.value()).map(ContainerMapping::status));
  }

  /** By id or name; empty when it is gone. */
  static Optional<InspectContainerResponse> inspect(DockerClient client, String idOrName) {
    try {
      return Optional.of(client.inspectContainerCmd(idOrName).exec());
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }
}
