package gantry.cli;

import gantry.engine.Project;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;

/** What the commands have in common that do the same to one component after the other. */
abstract class EachComponentCommand extends ProjectCommand {
  @Mixin ComponentsOption components = new ComponentsOption();

  /**
   * What was done to a component.
   *
   * @param line for humans
   * @param value for programs
   */
  record Done(String line, Object value) {}

  abstract Done on(String component, Project found);

  @Override
  final int run(Project found) {
    Map<String, Object> answer = new LinkedHashMap<>();
    for (String component : components.distinct()) {
      Done done = on(component, found);
      answer.put(component, done.value());
      say(done.line());
    }
    if (options.json()) {
      JsonAnswer.print(out(), answer);
    }
    return 0;
  }
}
