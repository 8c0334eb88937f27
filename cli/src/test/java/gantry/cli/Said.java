package gantry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** What a command that ran in this process gave. */
record Said(int exitCode, String out, String err) {
  static Said gantry(String... arguments) {
    return by(new GantryCommand(), arguments);
  }

  static Said gantryd(String... arguments) {
    return by(new GantrydCommand(), arguments);
  }

  private static Said by(Object command, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        Cli.commandLine(command)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .setUsageHelpAutoWidth(false);
    int exitCode = line.execute(arguments);
    return new Said(exitCode, out.toString(), err.toString());
  }

  /** Fails unless it ended with this code, and everything on standard error is this. */
  void fails(int code, String... lines) {
    assertThat(err.lines()).containsExactly(lines);
    assertThat(exitCode).isEqualTo(code);
    assertThat(out).isEmpty();
  }
}
