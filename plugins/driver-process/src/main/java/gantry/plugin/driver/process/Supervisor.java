package gantry.plugin.driver.process;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts processes that outlive this JVM, and sends them signals. */
final class Supervisor {
  private static final File NULL = new File("/dev/null");

  /** Sending a signal is one line of shell. */
  private static final Duration SIGNAL_LIMIT = Duration.ofSeconds(10);

  /** A process that forks while it is being killed is met again in the next round. */
  private static final int SWEEP_ROUNDS = 5;

  private final StateFolder state;

  Supervisor(StateFolder state) {
    this.state = state;
  }

  /** Starts a life in a session of its own. The process returned is the supervising shell. */
  Process launch(ContainerRecord record, Life life, Path log, Path image) {
    List<String> line = new ArrayList<>();
    line.addAll(List.of("setsid", "sh", state.script().toString(), "run"));
    line.addAll(List.of(life.folder().toString(), log.toString()));
    line.addAll(List.of(record.id(), ProcessEnvironment.path(record)));
    line.addAll(Command.of(record, image));
    return spawn(line, ProcessEnvironment.forSupervisor(record), image);
  }

  /** Sends a signal ({@code TERM}, {@code KILL}) to a whole process group that has members. */
  static void signalGroup(long group, String signal) {
    List<String> line = List.of("sh", "-c", "kill -s \"$1\" -- \"-$2\"", "sh", signal, "" + group);
    Process kill = spawn(line, Map.of(), Path.of("/"));
    try {
      if (!kill.waitFor(SIGNAL_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        kill.destroyForcibly();
        throw Failures.refused("sending SIG" + signal + " to group " + group + " hangs");
      }
    } catch (InterruptedException e) {
      throw Waiting.interrupted("sending SIG" + signal + " to group " + group, e);
    }
  }

  /**
   * Ends what a container left behind outside of its process group. Processes are told by their
   * environment; a {@link ProcessHandle} knows the start time and never hits a reused pid.
   */
  static void sweep(String id) {
    for (int round = 0; round < SWEEP_ROUNDS; round++) {
      List<ProcessHandle> left = ProcFs.withVariable(ProcessEnvironment.CONTAINER, id);
      if (left.isEmpty()) {
        return;
      }
      left.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private static Process spawn(List<String> line, Map<String, String> environment, Path folder) {
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectInput(NULL)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new GantryException(
          ErrorCode.ENGINE_REFUSED,
          "cannot run " + line.getFirst() + ": " + e.getMessage(),
          "the process driver needs the commands sh, setsid, dd, mv and mkdir on the path",
          e);
    }
  }
}
