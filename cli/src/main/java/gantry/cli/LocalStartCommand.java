package gantry.cli;

import gantry.engine.ContainerLine;
import gantry.engine.Machine;
import gantry.engine.event.RolloutListener;
import gantry.engine.spec.ComponentSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** Starts a component on this machine. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description = {
      "Starts the component as it was last updated.",
      "One that was never updated is updated; one that runs already is left alone.",
    })
final class LocalStartCommand extends LocalCommand {
  @Override
  int run(Machine machine, ComponentSpec found) throws Exception {
    List<ContainerLine> lines = machine.list(found.name());
    Optional<ContainerLine> running = withStatus(lines, "running").findFirst();
    if (running.isPresent() && machine.isWanted(found.name())) {
      say("Component " + found.name() + " is already running: " + running.get().id().brief());
      long draining = withStatus(lines, "draining").count();
      return new LocalAnswer(this, machine).running(running.get(), (int) draining);
    }
    return new LocalAnswer(this, machine).updated(machine.start(found));
  }

  private static Stream<ContainerLine> withStatus(List<ContainerLine> lines, String status) {
    return lines.stream().filter(line -> line.status().equals(status));
  }

  @Override
  RolloutListener listener() {
    return new LocalNarrator(this, LocalNarrator.Story.UPDATE);
  }
}
