package gantry.plugin.checks;

import gantry.api.check.CheckTarget;
import gantry.api.check.TerminationSignal;
import gantry.api.check.Verdict;
import gantry.api.container.ExecResult;
import java.time.Duration;
import java.util.List;

/** Runs a command inside the container; sent when it exits with 0. */
record ExecTerminationSignal(List<String> command) implements TerminationSignal {
  @Override
  public Verdict send(CheckTarget target, Duration timeout) {
    ExecResult result = target.exec(command, timeout);
    return result.exitCode() == 0 ? Verdict.healthy() : Verdict.unhealthy(reason(result));
  }

  /** Names the program only: arguments may hold secrets. */
  private String reason(ExecResult result) {
    String lastLine = result.output().strip().lines().reduce("", (before, line) -> line);
    return "'"
        + Reasons.quote(command.getFirst())
        + "' ended with exit code "
        + result.exitCode()
        + ", expected 0"
        + (lastLine.isBlank() ? "" : "; its last line: " + Reasons.quote(lastLine));
  }
}
