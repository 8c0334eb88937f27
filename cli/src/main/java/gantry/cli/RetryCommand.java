package gantry.cli;

import gantry.engine.Project;
import gantry.engine.store.Alert;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Lets machines try a failed revision again. */
@Command(
    name = "retry",
    mixinStandardHelpOptions = true,
    description = {
      "Lets all machines try a failed revision again.",
      "A machine that was lost while updating is left out until it is back.",
    })
final class RetryCommand extends EachComponentCommand {
  @Override
  Done on(String component, Project found) {
    Optional<Alert> alert = found.retry(component);
    String how =
        alert
            .map(a -> ": trying revision " + a.revision() + " again")
            .orElse(" has not failed: there is nothing to retry");
    return new Done("Component " + component + how, alert.map(Alert::revision).orElse(0L));
  }
}
