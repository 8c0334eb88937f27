package gantry.cli;

import gantry.engine.Project;
import gantry.engine.Project.Listed;
import gantry.engine.store.Alert;
import gantry.engine.store.Revision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists a project's components. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the project's components, or what each machine does for them.")
final class ListCommand extends ProjectCommand {
  @Option(
      names = "--machines",
      description = "One row for each machine: what it runs, what it does, what it waits for.")
  boolean machines;

  @Override
  int run(Project found) {
    if (machines) {
      new MachineList(found, out()).print(options.json());
      return 0;
    }
    List<Listed> listed = found.list();
    if (options.json()) {
      JsonAnswer.print(out(), listed.stream().map(ListCommand::json).toList());
      return 0;
    }
    Table table = new Table(false, "COMPONENT", "STATUS", "IMAGE ID");
    for (Listed line : listed) {
      table.row(line.component(), line.status(), imageId(line));
    }
    table.print(out());
    return 0;
  }

  private static String imageId(Listed line) {
    return line.revision().map(revision -> revision.image().briefId()).orElse("-");
  }

  static Map<String, Object> json(Listed line) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("component", line.component());
    json.put("status", line.status());
    json.put("revision", line.revision().map(Revision::number).orElse(0L));
    json.put("imageId", line.revision().map(revision -> revision.image().id()).orElse(""));
    Optional<Alert> alert =
        line.revision().flatMap(revision -> line.rollout().alertFor(revision.number()));
    alert.ifPresent(a -> json.put("alert", alert(a)));
    return json;
  }

  private static Map<String, Object> alert(Alert alert) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("machine", alert.machine());
    json.put("reason", alert.reason());
    json.put("log", alert.logTail());
    json.put("at", alert.at().toString());
    return json;
  }
}
