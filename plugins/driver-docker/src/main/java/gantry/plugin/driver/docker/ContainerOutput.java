package gantry.plugin.driver.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.container.ContainerId;
import gantry.api.container.ExecResult;
import java.time.Duration;
import java.util.List;

/** Runs commands in containers and reads what containers print. */
final class ContainerOutput {
  private static final int MAX_EXEC_BYTES = 64 * 1024;
  private static final int MAX_LOG_BYTES = 1024 * 1024;

  private final Engine engine;

  ContainerOutput(Engine engine) {
    this.engine = engine;
  }

  /** The engine cannot end a command: one that is given up goes on until its container ends. */
  ExecResult exec(ContainerId id, List<String> command, Duration timeout) {
    String doing = "running " + command.getFirst() + " in container " + id.brief();
    return engine.slowCall(
        doing,
        timeout,
        client -> exec(client, id, command),
        () ->
            new GantryException(
                ErrorCode.TIMED_OUT, doing + ": not over after " + timeout.toMillis() + " ms"));
  }

  private static ExecResult exec(DockerClient client, ContainerId id, List<String> command)
      throws InterruptedException {
    String exec;
    try {
      exec =
          client
              .execCreateCmd(id.value())
              .withAttachStdout(true)
              .withAttachStderr(true)
              .withCmd(command.toArray(String[]::new))
              .exec()
              .getId();
    } catch (NotFoundException e) {
      throw new GantryException(
          ErrorCode.CONTAINER_NOT_FOUND,
          "container " + id.brief() + " does not exist: " + EngineErrors.words(e),
          e);
    }
    TailBuffer output = client.execStartCmd(exec).exec(new TailBuffer(MAX_EXEC_BYTES));
    output.awaitCompletion();
    Long code = client.inspectExecCmd(exec).exec().getExitCodeLong();
    if (code == null) {
      throw new GantryException(
          ErrorCode.ENGINE_REFUSED,
          "the connection to " + command.getFirst() + " in container " + id.brief() + " broke");
    }
    return new ExecResult(code.intValue(), output.text());
  }

  List<String> logs(ContainerId id, int lastLines) {
    return engine.onContainer(
        id,
        "reading the log of",
        engine.limits().control(),
        client -> {
          TailBuffer tail =
              client
                  .logContainerCmd(id.value())
                  .withStdOut(true)
                  .withStdErr(true)
                  .withTail(lastLines)
                  .exec(new TailBuffer(MAX_LOG_BYTES));
          tail.awaitCompletion();
          return lastOf(tail.text().lines().toList(), lastLines);
        });
  }

  /** Entries of the engine's log may hold more than one line. */
  private static List<String> lastOf(List<String> lines, int count) {
    return List.copyOf(lines.subList(Math.max(0, lines.size() - count), lines.size()));
  }
}
