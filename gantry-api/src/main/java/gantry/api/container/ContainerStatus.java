package gantry.api.container;

import gantry.api.Endpoint;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A container as observed.
 *
 * @param imageId the content it runs, in the form of {@link Image#id()}
 * @param exitCode how its last life ended; empty while it runs, before its first start, and where
 *     the driver cannot know
 * @param startedAt start of its present or last life; identifies that life, so two lives of one
 *     container never have the same
 * @param endpoints where this machine reaches its ports, by container port; empty unless it runs
 */
public record ContainerStatus(
    ContainerId id,
    String name,
    Map<String, String> labels,
    String imageId,
    ContainerState state,
    OptionalInt exitCode,
    Instant createdAt,
    Optional<Instant> startedAt,
    Map<Integer, Endpoint> endpoints) {
  /** Copies the collections. */
  public ContainerStatus {
    labels = Map.copyOf(labels);
    endpoints = Map.copyOf(endpoints);
  }

  /** Whether its main process runs. */
  public boolean isRunning() {
    return state == ContainerState.RUNNING;
  }
}
