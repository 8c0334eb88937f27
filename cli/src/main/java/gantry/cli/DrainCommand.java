package gantry.cli;

import gantry.engine.Machine;
import gantry.engine.spec.ComponentSpec;
import picocli.CommandLine.Command;

/** What {@code update} leaves behind: ends old containers when their last connection has ended. */
@Command(
    name = "drain",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = "Waits until nothing of the component drains any more, ending what has drained.")
final class DrainCommand extends LocalCommand {
  @Override
  int run(Machine machine, ComponentSpec found) throws Exception {
    machine.finishDrains(found.name());
    return 0;
  }
}
