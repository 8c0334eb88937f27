package gantry.cli;

import gantry.engine.Project;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lets all machines take what was tried on some. */
@Command(
    name = "promote",
    mixinStandardHelpOptions = true,
    description = {
      "Lets all machines take what was tried on some.",
      "Goes on with a revision that gantryd update --machines gave to some machines only.",
    })
final class PromoteCommand extends ProjectCommand {
  @Mixin ComponentsOption components = new ComponentsOption();

  @Override
  int run(Project found) {
    Map<String, Object> answer = new LinkedHashMap<>();
    for (String component : components.distinct()) {
      List<String> tried = found.promote(component);
      answer.put(component, tried);
      say(
          tried.isEmpty()
              ? "Component " + component + " is for all machines already"
              : "Component "
                  + component
                  + ": tried on "
                  + String.join(", ", tried)
                  + ", now for all machines");
    }
    if (options.json()) {
      JsonAnswer.print(out(), answer);
    }
    return 0;
  }
}
