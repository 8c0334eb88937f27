package gantry.cli;

import gantry.engine.RolloutWatch.Progress;
import gantry.engine.store.MachineRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Tells the progress of rollouts: one line for each change of a machine. */
final class RolloutNarrator {
  private final Consumer<String> out;
  private final Map<String, String> told = new HashMap<>();

  RolloutNarrator(Consumer<String> out) {
    this.out = out;
  }

  void tell(List<Progress> rollouts) {
    for (Progress rollout : rollouts) {
      String component = rollout.revision().spec().name();
      if (rollout.machines().isEmpty()) {
        once(component, "Component " + component + ": waiting for machines that run it");
      }
      rollout.machines().forEach(record -> tell(rollout, component, record));
    }
  }

  private void tell(Progress rollout, String component, MachineRecord record) {
    String reason = record.reason().isEmpty() ? "" : " (" + record.reason() + ")";
    String what =
        "Component %s on %s: revision %d of %d, %s%s"
            .formatted(
                component,
                record.machine(),
                record.revision(),
                rollout.revision().number(),
                record.phase().label(),
                reason);
    once(component + "/" + record.machine(), what);
  }

  private void once(String subject, String line) {
    if (!line.equals(told.put(subject, line))) {
      out.accept(line);
    }
  }
}
