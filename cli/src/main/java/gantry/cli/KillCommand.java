package gantry.cli;

import gantry.engine.Project;
import gantry.engine.store.DesiredStatus;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends components on all machines at once. */
@Command(
    name = "kill",
    mixinStandardHelpOptions = true,
    description = "Ends components on all machines at once. Open connections are lost.")
final class KillCommand extends ProjectCommand {
  @Mixin ComponentsOption components = new ComponentsOption();

  @Override
  int run(Project found) {
    say("Marking components as killed");
    found.setStatus(components.distinct(), DesiredStatus.KILLED);
    if (options.json()) {
      JsonAnswer.print(out(), Map.of("components", components.distinct(), "status", "killed"));
    }
    return 0;
  }
}
