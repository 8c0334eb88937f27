package gantry.cli;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.engine.Machine.Updated;
import gantry.engine.RolloutStatus;
import gantry.engine.RolloutStatus.MachineStatus;
import gantry.engine.store.Alert;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Says what failed, where, why, how things stand now and what to do next. */
final class FailureReport {
  /** Machines that are named before the rest is counted. */
  private static final int NAMES = 10;

  private FailureReport() {}

  static GantryException local(Updated.Failed failed) {
    String component = failed.revision().spec().name();
    Alert alert = failed.alert();
    return new GantryException(
        ErrorCode.ROLLOUT_FAILED,
        what(component, alert) + "; " + traffic(failed.serving()) + log(alert.logTail()),
        "mend what the reason says, then gantry update " + component,
        null);
  }

  /**
   * About a rollout on all machines.
   *
   * @param replaced whether machines go to something else by themselves
   */
  static GantryException fleet(
      String project, RolloutStatus status, Alert alert, boolean replaced) {
    String component = status.component();
    String stands =
        replaced
            ? "all machines go back to what served before"
            : "rollout stopped at %d of %d machines\nwhat serves now: %s"
                .formatted(
                    status.running(alert.revision()), machines(alert, status), serving(status));
    return new GantryException(
        ErrorCode.ROLLOUT_FAILED,
        what(component, alert) + "; " + stands + log(alert.logTail()),
        next(project, status, alert, replaced),
        null);
  }

  private static String next(String project, RolloutStatus status, Alert alert, boolean replaced) {
    String which = project + " -c " + status.component();
    if (replaced) {
      return "gantryd history " + which + "; mend what the reason says, then gantryd update";
    }
    String back = status.running(alert.revision()) == 0 ? "" : "gantryd rollback " + which + ", ";
    return "gantryd retry " + which + " once the cause is gone, " + back + "or gantryd update";
  }

  /** A machine that was lost is one of the fleet, though it is not there. */
  private static long machines(Alert alert, RolloutStatus status) {
    return status.machines().stream()
        .filter(machine -> machine.present() || machine.name().equals(alert.machine()))
        .count();
  }

  /** {@code revision 1 on b, c; revision 2 on a; not known of d, whose agent is away}. */
  private static String serving(RolloutStatus status) {
    Map<Long, List<String>> byRevision = new TreeMap<>();
    List<String> away = new ArrayList<>();
    for (MachineStatus machine : status.machines()) {
      if (machine.present()) {
        long revision = machine.record().revision();
        byRevision.computeIfAbsent(revision, r -> new ArrayList<>()).add(machine.name());
      } else {
        away.add(machine.name());
      }
    }
    List<String> parts = new ArrayList<>();
    byRevision.forEach((revision, names) -> parts.add(revision(revision) + names(names)));
    if (!away.isEmpty()) {
      parts.add("not known of " + names(away) + ", away");
    }
    return String.join("; ", parts);
  }

  private static String revision(long number) {
    return number == 0 ? "nothing on " : "revision " + number + " on ";
  }

  private static String names(List<String> names) {
    int rest = names.size() - NAMES;
    return rest <= 0
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, NAMES)) + " and " + rest + " more";
  }

  private static String what(String component, Alert alert) {
    String phase = alert.phase().map(p -> " failed while " + p.label()).orElse("");
    return "component '%s' on machine '%s'%s: %s"
        .formatted(component, alert.machine(), phase, alert.reason());
  }

  private static String traffic(long revision) {
    return revision == 0 ? "nothing served before" : "traffic still on revision " + revision;
  }

  static String log(List<String> lines) {
    if (lines.isEmpty()) {
      return "";
    }
    return "\nlast lines of the container's log:\n  " + String.join("\n  ", lines);
  }
}
