package gantry.cli;

import gantry.engine.Machine;
import gantry.engine.event.RolloutListener;
import gantry.engine.spec.ComponentSpec;
import java.util.Map;
import picocli.CommandLine.Command;

/** Drains and ends a component on this machine. */
@Command(
    name = "stop",
    mixinStandardHelpOptions = true,
    description = {
      "Ends the component on this machine when its last connections have ended.",
      "New connections are refused at once; each container is shut down when its "
          + "last connection has ended. Waits for that; after Ctrl-C the same command "
          + "goes on.",
    })
final class LocalStopCommand extends LocalCommand {
  @Override
  int run(Machine machine, ComponentSpec found) throws Exception {
    say("Draining all containers...");
    say("Checking container statuses...");
    say("Updating proxy...");
    machine.stop(found.name());
    say("Proxy updated");
    if (options.json()) {
      JsonAnswer.print(out(), Map.of("component", found.name(), "status", "stopped"));
    }
    return 0;
  }

  @Override
  RolloutListener listener() {
    return new LocalNarrator(this, LocalNarrator.Story.STOP);
  }
}
