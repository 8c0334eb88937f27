package gantry.cli;

import gantry.engine.Project;
import gantry.engine.store.Alert;
import gantry.engine.store.Past;
import gantry.engine.store.Revision;
import gantry.engine.store.Success;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the revisions of components. */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the revisions of a component, the newest first: what image, who asked for it and "
          + "when, and what came of it.",
    })
final class HistoryCommand extends ProjectCommand {
  @Mixin ComponentsOption components = new ComponentsOption();

  @Override
  int run(Project found) {
    List<Past> all = new ArrayList<>();
    components.distinct().forEach(name -> all.addAll(found.history(name)));
    if (options.json()) {
      JsonAnswer.print(out(), all.stream().map(HistoryCommand::json).toList());
      return 0;
    }
    Table table = new Table(false, "COMPONENT", "REVISION", "IMAGE", "BY", "AGE", "OUTCOME");
    Instant now = Instant.now();
    for (Past past : all) {
      Revision revision = past.revision();
      table.row(
          revision.spec().name(),
          Long.toString(revision.number()),
          revision.image().reference() + " " + revision.image().briefId(),
          revision.by(),
          Ages.words(Duration.between(revision.at(), now)),
          outcome(past));
    }
    table.print(out());
    return 0;
  }

  /** {@code succeeded, restores 4}. */
  private static String outcome(Past past) {
    String came =
        past.failed()
            .map(alert -> "failed on machine '" + alert.machine() + "': " + alert.reason())
            .orElseGet(() -> past.succeeded().isPresent() ? "succeeded" : "-");
    long restores = past.revision().restores();
    return restores == 0 ? came : came + ", restores " + restores;
  }

  private static Map<String, Object> json(Past past) {
    Revision revision = past.revision();
    Map<String, Object> json = new LinkedHashMap<>(UpdateCommand.json(revision));
    json.put("by", revision.by());
    json.put("at", revision.at().toString());
    json.put("restores", revision.restores());
    json.put("succeededOn", past.succeeded().map(Success::machine).orElse(""));
    json.put("failedOn", past.failed().map(Alert::machine).orElse(""));
    json.put("reason", past.failed().map(Alert::reason).orElse(""));
    return json;
  }
}
