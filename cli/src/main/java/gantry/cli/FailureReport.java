package gantry.cli;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.engine.Machine.Updated;
import gantry.engine.RolloutWatch.Progress;
import gantry.engine.store.Alert;
import gantry.engine.store.MachineRecord;
import java.util.List;

/** Says what failed, where, why, how things stand now and what to do next. */
final class FailureReport {
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

  static GantryException fleet(String project, Progress progress) {
    Alert alert = progress.alert().orElseThrow();
    String component = progress.revision().spec().name();
    String stopped =
        "rollout stopped at %d of %d machines"
            .formatted(progress.done(), progress.machines().size());
    return new GantryException(
        ErrorCode.ROLLOUT_FAILED,
        what(component, alert)
            + "; "
            + stopped
            + ", "
            + traffic(servingOn(alert.machine(), progress))
            + log(alert.logTail()),
        "gantryd retry %s -c %s once the cause is gone, or gantryd update"
            .formatted(project, component),
        null);
  }

  private static long servingOn(String machine, Progress progress) {
    return progress.machines().stream()
        .filter(record -> record.machine().equals(machine))
        .mapToLong(MachineRecord::revision)
        .findFirst()
        .orElse(0);
  }

  private static String what(String component, Alert alert) {
    return "component '%s' on machine '%s': %s"
        .formatted(component, alert.machine(), alert.reason());
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
