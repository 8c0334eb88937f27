package gantry.cli;

import gantry.engine.Project;
import picocli.CommandLine.Command;

/** Lets machines go on with an update that was paused. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description = {
      "Lets machines go on with an update that was paused.",
      "Machines that wait for their turn take it again.",
    })
final class ResumeCommand extends EachComponentCommand {
  @Override
  Done on(String component, Project found) {
    boolean already = found.pause(component, false);
    String how = already ? " is not paused: nothing was changed" : ": goes on";
    return new Done("Component " + component + how, "resumed");
  }
}
