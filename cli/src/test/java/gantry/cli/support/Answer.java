package gantry.cli.support;

/** How a command ended and what it printed. */
public record Answer(int exitCode, String out, String err) {
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
