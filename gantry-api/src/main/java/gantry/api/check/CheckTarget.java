package gantry.api.check;

import gantry.api.Endpoint;
import gantry.api.container.ContainerId;
import gantry.api.container.ExecResult;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** The container that a check judges or a signal is sent to, as this machine can reach it. */
public interface CheckTarget {
  /** The container's id. */
  ContainerId container();

  /**
   * Where this machine reaches a port of the container.
   *
   * @throws gantry.api.GantryException if the container does not run or has no such port
   */
  Endpoint endpoint(int containerPort);

  /** Runs a command inside the container and waits for its end, at most {@code timeout} long. */
  ExecResult exec(List<String> command, Duration timeout);

  /** Connections that the proxy holds open to it; empty when that cannot be told now. */
  OptionalLong connections();
}
