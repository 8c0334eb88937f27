package gantry.cli;

import gantry.engine.Machine;
import gantry.engine.event.RolloutListener;
import gantry.engine.spec.ComponentSpec;
import java.util.Map;
import picocli.CommandLine.Command;

/** Ends a component on this machine at once. */
@Command(
    name = "kill",
    mixinStandardHelpOptions = true,
    description = "Ends the component on this machine at once. Open connections are lost.")
final class LocalKillCommand extends LocalCommand {
  @Override
  int run(Machine machine, ComponentSpec found) throws Exception {
    say("Draining all containers...");
    machine.kill(found.name());
    say("Checking container statuses...");
    say("Shutting down proxy...");
    if (options.json()) {
      JsonAnswer.print(out(), Map.of("component", found.name(), "status", "killed"));
    }
    return 0;
  }

  @Override
  RolloutListener listener() {
    return new LocalNarrator(this, LocalNarrator.Story.KILL);
  }
}
