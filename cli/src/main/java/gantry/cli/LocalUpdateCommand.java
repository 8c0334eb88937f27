package gantry.cli;

import gantry.engine.Machine;
import gantry.engine.Machine.Updated;
import gantry.engine.event.RolloutListener;
import gantry.engine.spec.ComponentSpec;
import picocli.CommandLine.Command;

/** Takes the newest image of a component on this machine. */
@Command(
    name = "update",
    mixinStandardHelpOptions = true,
    description = {
      "Takes the newest image of the component.",
      "Pulls the image, starts it, waits for its ready checks and moves the traffic "
          + "to it. Old containers go on until their last connection has ended, also "
          + "after this command.",
    })
final class LocalUpdateCommand extends LocalCommand {
  @Override
  int run(Machine machine, ComponentSpec found) throws Exception {
    Updated updated = machine.update(found);
    return new LocalAnswer(this, machine).updated(updated);
  }

  @Override
  RolloutListener listener() {
    return new LocalNarrator(this, LocalNarrator.Story.UPDATE);
  }
}
