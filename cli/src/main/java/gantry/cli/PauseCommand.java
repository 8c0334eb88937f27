package gantry.cli;

import gantry.engine.Project;
import picocli.CommandLine.Command;

/** Lets no other machine begin with an update for now. */
@Command(
    name = "pause",
    mixinStandardHelpOptions = true,
    description = {
      "Lets no other machine begin with an update for now.",
      "Machines that have begun go on to the end. gantryd resume, or the next update, ends it.",
    })
final class PauseCommand extends EachComponentCommand {
  @Override
  Done on(String component, Project found) {
    boolean already = found.pause(component, true);
    String how = already ? " is paused already" : ": paused; machines that have begun go on";
    return new Done("Component " + component + how, "paused");
  }
}
