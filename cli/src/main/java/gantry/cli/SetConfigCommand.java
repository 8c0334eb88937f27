package gantry.cli;

import gantry.engine.Project;
import gantry.engine.spec.ProjectSpec;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Stores a project's configuration. */
@Command(
    name = "setconfig",
    mixinStandardHelpOptions = true,
    description = {
      "Checks a configuration and stores it for the project.",
      "Nothing that runs changes: update does that.",
    })
final class SetConfigCommand extends ProjectCommand {
  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE",
      description = "The configuration (default: what --config says).")
  @Nullable Path file;

  @Override
  int run(Project found) {
    ProjectSpec stored = found.setConfig(file == null ? options.config : file);
    say("Configuration updated");
    if (options.json()) {
      JsonAnswer.print(out(), Map.of("project", project, "components", stored.names()));
    }
    return 0;
  }
}
