package gantry.cli;

import gantry.engine.Project;
import java.util.List;
import picocli.CommandLine.Command;

/** Lets all machines take what was tried on some. */
@Command(
    name = "promote",
    mixinStandardHelpOptions = true,
    description = {
      "Lets all machines take what was tried on some.",
      "Goes on with a revision that gantryd update --machines gave to some machines only.",
    })
final class PromoteCommand extends EachComponentCommand {
  @Override
  Done on(String component, Project found) {
    List<String> tried = found.promote(component);
    String how =
        tried.isEmpty()
            ? " is for all machines already"
            : ": tried on " + String.join(", ", tried) + ", now for all machines";
    return new Done("Component " + component + how, tried);
  }
}
