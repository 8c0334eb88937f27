package gantry.cli;

import gantry.engine.Project;
import gantry.engine.store.DesiredStatus;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends components on all machines when their connections have ended. */
@Command(
    name = "stop",
    mixinStandardHelpOptions = true,
    description = {
      "Ends components on all machines when their last connections have ended.",
      "New connections are refused at once; each container is shut down when its "
          + "last connection has ended.",
    })
final class StopCommand extends ProjectCommand {
  @Mixin ComponentsOption components = new ComponentsOption();

  @Override
  int run(Project found) {
    say("Marking components as stopped");
    found.setStatus(components.distinct(), DesiredStatus.STOPPED);
    if (options.json()) {
      JsonAnswer.print(out(), Map.of("components", components.distinct(), "status", "stopped"));
    }
    return 0;
  }
}
