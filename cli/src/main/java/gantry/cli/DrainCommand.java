package gantry.cli;

import gantry.engine.ContainerLine;
import gantry.engine.Machine;
import gantry.engine.event.RolloutListener;
import gantry.engine.spec.ComponentSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Waits for drains, or ends them. It is also what {@code update} leaves behind, to end old
 * containers when their last connection has ended.
 */
@Command(
    name = "drain",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what drains of the component on this machine, and waits until nothing does.",
      "What has drained is ended. After Ctrl-C drains go on, and the same command goes on "
          + "waiting.",
    },
    footer = {
      "",
      "Examples:",
      "  gantry drain web        waits for the last connection",
      "  gantry drain web --now  ends what drains now; its connections are lost",
    })
final class DrainCommand extends LocalCommand {
  @Option(
      names = "--now",
      description =
          "End what drains at once: its containers are shut down, its connections are lost. What"
              + " serves is not touched.")
  boolean now;

  @Override
  int run(Machine machine, ComponentSpec found) throws Exception {
    List<ContainerLine> draining =
        machine.list(found.name()).stream().filter(l -> l.status().equals("draining")).toList();
    draining.forEach(line -> say("Draining " + DrainLine.of(line)));
    if (now) {
      machine.endDrains(found.name());
    } else {
      machine.finishDrains(found.name());
    }
    say("Nothing drains" + (draining.isEmpty() ? "" : " any more"));
    if (options.json()) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("component", found.name());
      answer.put("drained", draining.stream().map(LocalListCommand::json).toList());
      JsonAnswer.print(out(), answer);
    }
    return 0;
  }

  @Override
  RolloutListener listener() {
    return new LocalNarrator(this, LocalNarrator.Story.DRAIN);
  }
}
