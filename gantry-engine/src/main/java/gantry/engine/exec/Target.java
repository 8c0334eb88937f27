package gantry.engine.exec;

import gantry.api.Endpoint;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.check.CheckTarget;
import gantry.api.container.ContainerDriver;
import gantry.api.container.ContainerId;
import gantry.api.container.ContainerStatus;
import gantry.api.container.ExecResult;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * A container as its checks see it: as it was observed.
 *
 * @param connections those that the proxy holds open to it; empty when it did not say
 */
record Target(ContainerDriver driver, ContainerStatus status, OptionalLong connections)
    implements CheckTarget {
  @Override
  public ContainerId container() {
    return status.id();
  }

  @Override
  public Endpoint endpoint(int containerPort) {
    Endpoint endpoint = status.endpoints().get(containerPort);
    if (endpoint == null) {
      throw new GantryException(
          ErrorCode.ENGINE_REFUSED,
          "container " + status.id().brief() + " has no reachable port " + containerPort);
    }
    return endpoint;
  }

  @Override
  public ExecResult exec(List<String> command, Duration timeout) {
    return driver.exec(status.id(), command, timeout);
  }
}
