package gantry.cli;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.engine.Machine.Updated;
import gantry.engine.RolloutWatch.Progress;
import gantry.engine.store.Alert;
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
            .formatted(progress.done(), machines(alert, progress));
    if (progress.replaced()) {
      return new GantryException(
          ErrorCode.ROLLOUT_FAILED,
          what(component, alert)
              + "; all machines go back to what served before"
              + log(alert.logTail()),
          "gantryd history %s -c %s; mend what the reason says, then gantryd update"
              .formatted(project, component),
          null);
    }
    return new GantryException(
        ErrorCode.ROLLOUT_FAILED,
        what(component, alert)
            + "; "
            + stopped
            + ", "
            + trafficOn(alert.machine(), progress)
            + log(alert.logTail()),
        "gantryd retry %s -c %s once the cause is gone, or gantryd update"
            .formatted(project, component),
        null);
  }

  /** A machine that was lost is one of the fleet, though it is not there. */
  private static int machines(Alert alert, Progress progress) {
    boolean lost = progress.machines().stream().noneMatch(m -> m.machine().equals(alert.machine()));
    return progress.machines().size() + (lost ? 1 : 0);
  }

  /** A machine that was lost while it updated is not among those that are there. */
  private static String trafficOn(String machine, Progress progress) {
    return progress.machines().stream()
        .filter(record -> record.machine().equals(machine))
        .map(record -> traffic(record.revision()))
        .findFirst()
        .orElse("what serves there cannot be told while its agent is away");
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
