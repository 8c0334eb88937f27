package gantry.cli;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.engine.RolloutWatch.Progress;
import gantry.engine.store.Alert;
import gantry.engine.store.Revision;
import java.util.List;

/** Says what failed, where, why, how things stand now and what to do next. */
final class FailureReport {
  private FailureReport() {}

  static GantryException local(Revision revision, Alert alert) {
    String component = revision.spec().name();
    return new GantryException(
        ErrorCode.ROLLOUT_FAILED,
        what(component, alert) + "; " + traffic(revision.number()) + log(alert),
        "see why above, then gantry update " + component,
        null);
  }

  static GantryException fleet(String project, Progress progress) {
    Alert alert = progress.alert().orElseThrow();
    String component = progress.revision().spec().name();
    String stopped =
        "rollout stopped at " + progress.done() + " of " + progress.machines().size() + " machines";
    return new GantryException(
        ErrorCode.ROLLOUT_FAILED,
        what(component, alert)
            + "; "
            + stopped
            + ", "
            + traffic(progress.revision().number())
            + log(alert),
        "gantryd list "
            + project
            + " --machines, then gantryd retry "
            + project
            + " -c "
            + component
            + " or gantryd update",
        null);
  }

  private static String what(String component, Alert alert) {
    return "component '%s' on machine '%s': %s"
        .formatted(component, alert.machine(), alert.reason());
  }

  private static String traffic(long failed) {
    return failed == 1
        ? "nothing served before"
        : "traffic there is still on the revision before " + failed;
  }

  static String log(Alert alert) {
    return log(alert.logTail());
  }

  static String log(List<String> lines) {
    if (lines.isEmpty()) {
      return "";
    }
    return "\nlast lines of the container's log:\n  " + String.join("\n  ", lines);
  }
}
