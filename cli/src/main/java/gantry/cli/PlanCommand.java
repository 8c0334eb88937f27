package gantry.cli;

import gantry.engine.Project;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what an update would do. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = {
      "Says what an update would do now, machine by machine, and changes nothing.",
      "Shows what differs from what runs, and what the drain of each old container would wait "
          + "for. Connections are as the machines last said, up to half a minute ago.",
    })
final class PlanCommand extends ProjectCommand {
  @Mixin ComponentsOption components = new ComponentsOption();

  @Override
  int run(Project found) {
    new PlanAnswer(out()).print(found.plan(components.distinct()), options.json());
    return 0;
  }
}
