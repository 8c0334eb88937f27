package gantry.cli;

import gantry.engine.ContainerLine;
import gantry.engine.Machine;
import gantry.engine.event.RolloutListener;
import gantry.engine.spec.ComponentSpec;
import java.util.Optional;
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
    Optional<ContainerLine> running = machine.running(found.name());
    if (running.isPresent() && machine.isWanted(found.name())) {
      say("Component " + found.name() + " is already running: " + running.get().id().brief());
      return new LocalAnswer(this, machine).running(running.get());
    }
    return new LocalAnswer(this, machine).updated(machine.start(found));
  }

  @Override
  RolloutListener listener() {
    return new LocalNarrator(this, LocalNarrator.Story.UPDATE);
  }
}
