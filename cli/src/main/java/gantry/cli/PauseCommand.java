package gantry.cli;

import gantry.engine.Project;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lets no other machine begin with an update for now. */
@Command(
    name = "pause",
    mixinStandardHelpOptions = true,
    description = {
      "Lets no other machine begin with an update for now.",
      "Machines that have begun go on to the end. gantryd resume, or the next update, ends it.",
    })
final class PauseCommand extends ProjectCommand {
  @Mixin ComponentsOption components = new ComponentsOption();

  @Override
  int run(Project found) {
    Map<String, Object> answer = new LinkedHashMap<>();
    for (String component : components.distinct()) {
      boolean already = found.pause(component, true);
      answer.put(component, "paused");
      say(
          "Component "
              + component
              + (already ? " is paused already" : ": paused; machines that have begun go on"));
    }
    if (options.json()) {
      JsonAnswer.print(out(), answer);
    }
    return 0;
  }
}
