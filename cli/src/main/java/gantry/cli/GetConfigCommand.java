package gantry.cli;

import gantry.engine.Project;
import picocli.CommandLine.Command;

/** Shows a project's configuration. */
@Command(
    name = "getconfig",
    mixinStandardHelpOptions = true,
    description = "Shows the project's configuration as it was stored.")
final class GetConfigCommand extends ProjectCommand {
  @Override
  int run(Project found) {
    String text = found.config();
    out().print(text.endsWith("\n") ? text : text + System.lineSeparator());
    out().flush();
    return 0;
  }
}
