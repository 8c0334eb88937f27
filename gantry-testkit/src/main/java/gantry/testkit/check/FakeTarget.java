package gantry.testkit.check;

import gantry.api.Endpoint;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.check.CheckTarget;
import gantry.api.container.ContainerId;
import gantry.api.container.ExecResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A check's target without a container: its endpoints, connections and command results are what the
 * test says. Thread-safe.
 */
public final class FakeTarget implements CheckTarget {
  private final Map<Integer, Endpoint> endpoints = new ConcurrentHashMap<>();
  private final List<List<String>> commands = new CopyOnWriteArrayList<>();
  private volatile OptionalLong connections = OptionalLong.empty();
  private volatile ExecResult execResult = new ExecResult(0, "");

  /** A target whose container port {@code port} is reached at this address. */
  public static FakeTarget at(int port, Endpoint endpoint) {
    return new FakeTarget().withEndpoint(port, endpoint);
  }

  /** A target that shows a test's server under the same port. */
  public static FakeTarget at(ScriptedServer server) {
    return at(server.port(), server.endpoint());
  }

  /** Makes a port reachable. */
  public FakeTarget withEndpoint(int port, Endpoint endpoint) {
    endpoints.put(port, endpoint);
    return this;
  }

  /** Sets what the proxy tells; until then it tells nothing. */
  public FakeTarget withConnections(long count) {
    connections = OptionalLong.of(count);
    return this;
  }

  /** Sets how every command ends; until then with exit code 0 and no output. */
  public FakeTarget withExecResult(int exitCode, String output) {
    execResult = new ExecResult(exitCode, output);
    return this;
  }

  /** The commands that were run, oldest first. */
  public List<List<String>> commands() {
    return List.copyOf(commands);
  }

  @Override
  public ContainerId container() {
    return new ContainerId("4ae76210a4fe39d59e26ee6418182e07");
  }

  @Override
  public Endpoint endpoint(int containerPort) {
    Endpoint endpoint = endpoints.get(containerPort);
    if (endpoint == null) {
      throw new GantryException(
          ErrorCode.ENGINE_REFUSED,
          "container " + container().brief() + " has no port " + containerPort);
    }
    return endpoint;
  }

  @Override
  public ExecResult exec(List<String> command, Duration timeout) {
    commands.add(List.copyOf(command));
    return execResult;
  }

  @Override
  public OptionalLong connections() {
    return connections;
  }
}
