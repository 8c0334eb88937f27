package gantry.cli;

import gantry.engine.Project;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lets machines go on with an update that was paused. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description = {
      "Lets machines go on with an update that was paused.",
      "Machines that wait for their turn take it again.",
    })
final class ResumeCommand extends ProjectCommand {
  @Mixin ComponentsOption components = new ComponentsOption();

  @Override
  int run(Project found) {
    Map<String, Object> answer = new LinkedHashMap<>();
    for (String component : components.distinct()) {
      boolean already = found.pause(component, false);
      answer.put(component, "resumed");
      say(
          "Component "
              + component
              + (already ? " is not paused: nothing was changed" : ": goes on"));
    }
    if (options.json()) {
      JsonAnswer.print(out(), answer);
    }
    return 0;
  }
}
