package gantry.engine.plan;

import gantry.api.container.ContainerId;
import gantry.api.container.ContainerState;
import gantry.api.container.ContainerStatus;
import java.time.Instant;

/**
 * One of this component's containers on this machine.
 *
 * @param revision the revision whose content it runs, from its label
 */
public record ContainerView(ContainerStatus status, long revision) {
  /** The container's id. */
  public ContainerId id() {
    return status.id();
  }

  /** Where in its life it is. */
  public ContainerState state() {
    return status.state();
  }

  /**
   * Names its present life. Backends carry this name, so that a container that was restarted is not
   * taken for one that has passed its checks.
   */
  public String life() {
    Instant start = status.startedAt().orElse(Instant.EPOCH);
    return status.id() + "@" + start.getEpochSecond() + "." + start.getNano();
  }
}
