package gantry.cli;

import gantry.engine.Project;
import gantry.engine.Project.Listed;
import gantry.engine.store.Alert;
import gantry.engine.store.Drain;
import gantry.engine.store.MachineRecord;
import gantry.engine.store.Presence;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What each machine does for each component, and why the last update failed. */
final class MachineList {
  private final Project project;
  private final PrintWriter out;
  private final List<Presence> presences;

  MachineList(Project project, PrintWriter out) {
    this.project = project;
    this.out = out;
    this.presences = project.presences();
  }

  private record Row(String component, MachineRecord record, String host, boolean present) {
    String phase() {
      return present ? record.phase().label() : "away";
    }

    long connections() {
      return record.drains().stream().mapToLong(Drain::connections).sum();
    }

    /** How long the longest of its drains goes on. */
    Duration draining() {
      return Duration.ofSeconds(
          record.drains().stream().mapToLong(Drain::drainingSeconds).max().orElse(0));
    }

    Duration oldest() {
      return Duration.ofSeconds(
          record.drains().stream().mapToLong(Drain::oldestSeconds).max().orElse(0));
    }
  }

  void print(boolean json) {
    List<Listed> listed = project.list();
    List<Row> rows = new ArrayList<>();
    for (Listed line : listed) {
      project.machines(line.component()).forEach(record -> rows.add(row(line, record)));
    }
    if (json) {
      JsonAnswer.print(out, rows.stream().map(MachineList::json).toList());
    } else {
      table(rows);
      listed.forEach(this::failure);
    }
  }

  private Row row(Listed line, MachineRecord record) {
    Optional<Presence> presence =
        presences.stream().filter(p -> p.covers(record.machine(), line.component())).findFirst();
    String host = presence.map(Presence::host).orElse("-");
    return new Row(line.component(), record, host, presence.isPresent());
  }

  private void table(List<Row> rows) {
    Table table =
        new Table(false, "COMPONENT", "MACHINE", "HOST", "REVISION", "PHASE", "DRAINING", "REASON");
    for (Row row : rows) {
      MachineRecord record = row.record();
      table.row(
          row.component(),
          record.machine(),
          row.host(),
          record.revision() == 0 ? "-" : Long.toString(record.revision()),
          row.phase(),
          draining(row),
          record.reason());
    }
    table.print(out);
  }

  /** {@code 3 on revision 6, oldest 4 hours, draining 12 minutes}. */
  private static String draining(Row row) {
    if (row.connections() == 0) {
      return "-";
    }
    TreeSet<Long> revisions = new TreeSet<>();
    row.record().drains().forEach(drain -> revisions.add(drain.revision()));
    String numbers = String.join(", ", revisions.stream().map(String::valueOf).toList());
    String open =
        "%d on revision %s, oldest %s"
            .formatted(row.connections(), numbers, Ages.words(row.oldest()));
    return row.draining().isZero() ? open : open + ", draining " + Ages.words(row.draining());
  }

  private void failure(Listed line) {
    Optional<Alert> alert =
        line.revision().flatMap(revision -> line.rollout().alertFor(revision.number()));
    alert.ifPresent(
        a -> {
          out.println();
          out.printf(
              "component '%s', revision %d failed on machine '%s': %s%s%n",
              line.component(),
              a.revision(),
              a.machine(),
              a.reason(),
              FailureReport.log(a.logTail()));
          out.flush();
        });
  }

  private static Map<String, Object> json(Row row) {
    MachineRecord record = row.record();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("component", row.component());
    json.put("machine", record.machine());
    json.put("host", row.host());
    json.put("present", row.present());
    json.put("revision", record.revision());
    json.put("phase", record.phase().label());
    json.put("reason", record.reason());
    json.put("connections", row.connections());
    json.put("oldestSeconds", row.oldest().toSeconds());
    json.put("drains", record.drains());
    return json;
  }
}
