package gantry.cli;

import gantry.api.GantryException;
import gantry.engine.Project;
import gantry.engine.RolloutStatus;
import gantry.engine.RolloutStatus.MachineStatus;
import gantry.engine.store.Alert;
import gantry.engine.store.Drain;
import gantry.engine.store.MachineRecord;
import gantry.engine.store.Presence;
import gantry.engine.store.Revision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows how rollouts stand. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Shows how components stand on every machine: what it runs and does, what it waits for, "
          + "which connections are left on old containers.",
      "After a failed update also why it failed, what serves now, and what to do.",
    },
    footer = {
      "",
      "Examples:",
      "  gantryd status shop                 every component, now",
      "  gantryd status shop -c web --watch  live, until Ctrl-C",
    })
final class StatusCommand extends ProjectCommand {
  @Option(
      names = {"-c", "--component"},
      arity = "1..*",
      paramLabel = "COMPONENT",
      description = "Names of components; without it all of them.")
  List<String> names = List.of();

  @Option(
      names = "--watch",
      description =
          "Go on until Ctrl-C: drawn in place on a terminal, elsewhere a line for each change.")
  boolean watch;

  @Override
  int run(Project found) throws Exception {
    List<String> components =
        names.isEmpty() ? found.spec().names() : names.stream().distinct().toList();
    if (watch) {
      watch(found, components);
    } else if (options.json()) {
      JsonAnswer.print(out(), json(found.statuses(components)));
    } else {
      print(found.statuses(components));
    }
    return 0;
  }

  private void watch(Project found, List<String> components) throws InterruptedException {
    if (options.json()) {
      Changes changes = new Changes();
      found.follow(components, statuses -> changes.print(json(statuses)));
      return;
    }
    try (RolloutDisplay display = RolloutDisplay.on(out())) {
      found.follow(components, display::statuses);
    }
  }

  /** One document for each change. */
  private final class Changes {
    private List<Map<String, Object>> last = List.of();

    void print(List<Map<String, Object>> now) {
      if (!now.equals(last)) {
        last = now;
        JsonAnswer.print(out(), now);
      }
    }
  }

  private void print(List<RolloutStatus> statuses) {
    new RolloutDrawing(TerminalSize.UNLIMITED).lines(statuses).forEach(out()::println);
    for (RolloutStatus status : statuses) {
      if (status.alert().isPresent()) {
        GantryException report = FailureReport.fleet(project, status, status.alert().get(), false);
        out().println();
        out().println(report.text());
        report.next().ifPresent(next -> out().println("next: " + next));
      }
    }
    out().flush();
  }

  private static List<Map<String, Object>> json(List<RolloutStatus> statuses) {
    return statuses.stream().map(StatusCommand::json).toList();
  }

  private static Map<String, Object> json(RolloutStatus status) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("component", status.component());
    json.put("status", status.label());
    json.put("revision", status.revision().map(Revision::number).orElse(0L));
    json.put("image", status.revision().map(r -> r.image().reference()).orElse(""));
    json.put("imageId", status.revision().map(r -> r.image().id()).orElse(""));
    json.put("machines", status.machines().stream().map(StatusCommand::json).toList());
    status.alert().ifPresent(alert -> json.put("alert", json(alert)));
    return json;
  }

  private static Map<String, Object> json(MachineStatus machine) {
    MachineRecord record = machine.record();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("machine", machine.name());
    json.put("host", machine.presence().map(Presence::host).orElse(""));
    json.put("present", machine.present());
    json.put("revision", record.revision());
    json.put("phase", record.phase().label());
    json.put("reason", record.reason());
    json.put("drains", record.drains().stream().map(StatusCommand::json).toList());
    return json;
  }

  static Map<String, Object> json(Drain drain) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("container", drain.container());
    json.put("revision", drain.revision());
    json.put("connections", drain.connections());
    json.put("oldestSeconds", drain.oldestSeconds());
    return json;
  }

  private static Map<String, Object> json(Alert alert) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("machine", alert.machine());
    json.put("phase", alert.phase().map(p -> p.label()).orElse(""));
    json.put("reason", alert.reason());
    json.put("log", alert.logTail());
    json.put("at", alert.at().toString());
    return json;
  }
}
