package gantry.cli;

import gantry.engine.Project;
import gantry.engine.store.Alert;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lets machines try a failed revision again. */
@Command(
    name = "retry",
    mixinStandardHelpOptions = true,
    description = {
      "Lets all machines try a failed revision again.",
      "A machine that was lost while updating is left out until it is back.",
    })
final class RetryCommand extends ProjectCommand {
  @Mixin ComponentsOption components = new ComponentsOption();

  @Override
  int run(Project found) {
    Map<String, Object> answer = new LinkedHashMap<>();
    for (String component : components.distinct()) {
      Optional<Alert> alert = found.retry(component);
      answer.put(component, alert.map(Alert::revision).orElse(0L));
      say(
          alert
              .map(a -> "Component " + component + ": trying revision " + a.revision() + " again")
              .orElse("Component " + component + " has not failed: there is nothing to retry"));
    }
    if (options.json()) {
      JsonAnswer.print(out(), answer);
    }
    return 0;
  }
}
