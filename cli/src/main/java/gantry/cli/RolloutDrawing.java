package gantry.cli;

import gantry.engine.RolloutStatus;
import gantry.engine.RolloutStatus.MachineStatus;
import gantry.engine.store.Alert;
import gantry.engine.store.Drain;
import gantry.engine.store.MachineRecord;
import gantry.engine.store.Phase;
import gantry.engine.store.Revision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Rollouts as lines: one for each component, and below it one for each machine. The same picture
 * gives the same lines. Where there is no room for all machines, those that are through are counted
 * instead.
 */
final class RolloutDrawing {
  private final TerminalSize size;

  /** A drawing that fits into a terminal of this size. */
  RolloutDrawing(TerminalSize size) {
    this.size = size;
  }

  List<String> lines(List<RolloutStatus> statuses) {
    int name =
        statuses.stream()
            .flatMap(status -> status.machines().stream())
            .mapToInt(machine -> machine.name().length())
            .max()
            .orElse(0);
    List<String> lines = new ArrayList<>();
    for (RolloutStatus status : statuses) {
      lines.add(title(status));
      lines.addAll(machines(status, name, room(statuses)));
      status.alert().map(RolloutDrawing::alert).ifPresent(lines::add);
    }
    return lines.stream().limit(size.rows()).map(this::cut).toList();
  }

  /** Rows for the machines of one component: every component has a title, and may have an alert. */
  private int room(List<RolloutStatus> statuses) {
    return Math.max(1, size.rows() / Math.max(1, statuses.size()) - 2);
  }

  private static String title(RolloutStatus status) {
    if (status.revision().isEmpty()) {
      return status.component() + ": " + status.label();
    }
    Revision revision = status.revision().get();
    return "%s: %s, revision %d (%s %s) on %d of %d machines"
        .formatted(
            status.component(),
            status.label(),
            revision.number(),
            revision.image().reference(),
            revision.image().briefId(),
            status.running(revision.number()),
            status.admitted().size());
  }

  private static List<String> machines(RolloutStatus status, int name, int room) {
    List<MachineStatus> all = status.machines();
    if (all.size() <= room) {
      return all.stream().map(machine -> machine(machine, name)).toList();
    }
    List<MachineStatus> pressing =
        all.stream().sorted(Comparator.comparingInt(RolloutDrawing::rank)).toList();
    List<MachineStatus> shown = pressing.subList(0, room - 1);
    List<String> lines = new ArrayList<>();
    all.stream().filter(shown::contains).map(machine -> machine(machine, name)).forEach(lines::add);
    lines.add(counted(pressing.subList(room - 1, pressing.size())));
    return lines;
  }

  /** What goes on or went wrong is shown first, what is through last. */
  private static int rank(MachineStatus machine) {
    if (!machine.present()) {
      return 2;
    }
    return switch (machine.record().phase()) {
      case PULLING, STARTING, CHECKING, WATCHING, FAILED, UNHEALTHY -> 0;
      case DRAINING -> 1;
      case WAITING -> 3;
      case READY, IDLE, STOPPED -> machine.record().drains().isEmpty() ? 4 : 1;
    };
  }

  private static String counted(List<MachineStatus> rest) {
    String phases =
        rest.stream()
            .collect(
                Collectors.groupingBy(RolloutDrawing::phase, TreeMap::new, Collectors.counting()))
            .entrySet()
            .stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "));
    return "  and " + rest.size() + " more: " + phases;
  }

  /** {@code a revision 7 checking waits for http; 3 connections on revision 6, ...}. */
  private static String machine(MachineStatus machine, int name) {
    MachineRecord record = machine.record();
    String revision = record.revision() == 0 ? "-" : "revision " + record.revision();
    List<String> details = new ArrayList<>();
    if (machine.present() && !record.reason().isEmpty()) {
      details.add(record.reason());
    }
    if (machine.present()) {
      record.drains().stream().map(RolloutDrawing::drain).forEach(details::add);
    } else if (record.phase() != Phase.READY) {
      details.add("last seen " + record.phase().label());
    }
    return "  %s  %s  %s  %s"
        .formatted(
            pad(record.machine(), name),
            pad(revision, 12),
            pad(phase(machine), 9),
            String.join("; ", details))
        .stripTrailing();
  }

  private static String phase(MachineStatus machine) {
    return machine.present() ? machine.record().phase().label() : "away";
  }

  /** {@code 3 connections on revision 6, the oldest 4 hours}. */
  static String drain(Drain drain) {
    return connections(drain.connections())
        + " on revision "
        + drain.revision()
        + ", the oldest "
        + Ages.words(Duration.ofSeconds(drain.oldestSeconds()));
  }

  static String connections(long count) {
    return count + (count == 1 ? " connection" : " connections");
  }

  private static String alert(Alert alert) {
    String phase = alert.phase().map(p -> " while " + p.label()).orElse("");
    return "  failed on machine '" + alert.machine() + "'" + phase + ": " + alert.reason();
  }

  private static String pad(String value, int width) {
    return value + " ".repeat(Math.max(0, width - value.length()));
  }

  /** Reasons come from outside: what would move the cursor is not passed on. */
  private String cut(String line) {
    String plain = line.replaceAll("\\p{Cntrl}", " ");
    return plain.length() <= size.columns()
        ? plain
        : plain.substring(0, Math.max(0, size.columns() - 3)) + "...";
  }
}
