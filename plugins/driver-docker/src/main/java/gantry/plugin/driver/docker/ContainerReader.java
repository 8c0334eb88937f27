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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

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
          return inspect(client, command.exec()).stream()
              .map(ContainerMapping::status)
              .sorted(OLDEST_FIRST)
              .toList();
        });
  }

  /** All at once: whoever updates looks often, and the engine answers each after a while only. */
  private static List<InspectContainerResponse> inspect(
      DockerClient client, List<Container> containers) {
    List<FutureTask<Optional<InspectContainerResponse>>> inspections =
        containers.stream()
            .map(container -> new FutureTask<>(() -> inspect(client, container.getId())))
            .toList();
    inspections.stream().skip(1).forEach(Thread::startVirtualThread);
    inspections.stream().limit(1).forEach(FutureTask::run);
    return inspections.stream().map(ContainerReader::answer).flatMap(Optional::stream).toList();
  }

  private static <T> T answer(FutureTask<T> question) {
    try {
      return question.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e); // given up: the call's own end is told to its caller
    }
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
