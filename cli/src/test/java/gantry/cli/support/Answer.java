package gantry.cli.support;

import java.util.regex.Pattern;

/** How a command ended and what it printed. */
public record Answer(int exitCode, String out, String err) {
  /** Said only on a machine that is slow at the moment. */
  private static final Pattern WAITING = Pattern.compile("waiting for an answer of etcd at .*\n");

  /** Leaves out what is no answer. */
  public Answer {
    err = WAITING.matcher(err).replaceAll("");
  }

  /** Both streams and the exit code as one text, for golden files. */
  public String whole() {
    String errors = err.isEmpty() ? "" : "--- stderr\n" + err;
    return exitCode == 0 && err.isEmpty() ? out : out + errors + "--- exit " + exitCode + "\n";
  }

  /** What it printed, if it did well. */
  public String outOrFail() {
    if (exitCode != 0) {
      throw new AssertionError("the command failed:\n" + whole());
    }
    return out;
  }
}
