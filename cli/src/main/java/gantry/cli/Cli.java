package gantry.cli;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs a command line: answers on standard output, errors on standard error, and an exit code. */
final class Cli {
  private static final Version VERSION = new Version();

  private Cli() {}

  static int run(Object command, String... args) {
    Logs.choose(Arrays.asList(args));
    return commandLine(command).execute(args);
  }

  static CommandLine commandLine(Object command) {
    CommandLine line = new CommandLine(command);
    giveVersion(line);
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(Cli::misused)
        .setExecutionExceptionHandler(
            (failure, failing, parsed) -> failed(failure, failing.getErr()));
  }

  private static void giveVersion(CommandLine line) {
    for (CommandLine command : line.getSubcommands().values()) {
      command.getCommandSpec().versionProvider(VERSION);
      giveVersion(command);
    }
  }

  private static int misused(ParameterException e, String[] args) {
    PrintWriter err = e.getCommandLine().getErr();
    err.println(e.getMessage());
    List<String> near =
        e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
    if (!near.isEmpty()) {
      err.println("did you mean '" + near.get(0) + "'?");
    }
    err.println("next: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return ErrorCode.USAGE.exitCode();
  }

  private static int failed(Exception failure, PrintWriter err) {
    if (failure instanceof GantryException known) {
      err.println(known.text());
      known.next().ifPresent(next -> err.println("next: " + next));
      if (known.code() == ErrorCode.INTERNAL) {
        known.printStackTrace(err);
      }
      return known.code().exitCode();
    }
    err.println("this is a defect in Gantry, or in a plugin: " + failure);
    failure.printStackTrace(err);
    return ErrorCode.INTERNAL.exitCode();
  }
}
