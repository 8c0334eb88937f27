package gantry.cli;

import gantry.engine.RolloutStatus;
import gantry.engine.RolloutWatch.Progress;
import gantry.engine.store.MachineRecord;
import gantry.engine.store.Revision;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells the progress of rollouts: one line for each change of a machine. */
final class RolloutNarrator {
  private final Consumer<String> out;
  private final Map<String, String> told = new HashMap<>();

  RolloutNarrator(Consumer<String> out) {
    this.out = out;
  }

  void tell(List<Progress> rollouts) {
    rollouts.forEach(rollout -> tell(rollout.status(), Optional.of(rollout.revision())));
  }

  void tellAll(List<RolloutStatus> statuses) {
    statuses.forEach(status -> tell(status, status.revision()));
  }

  private void tell(RolloutStatus status, Optional<Revision> revision) {
    String component = status.component();
    if (status.present().isEmpty()) {
      once(component, "Component " + component + ": waiting for machines that run it");
    }
    long number = revision.map(Revision::number).orElse(0L);
    status.present().forEach(record -> tell(component, number, record));
  }

  private void tell(String component, long number, MachineRecord record) {
    String reason = record.reason().isEmpty() ? "" : " (" + record.reason() + ")";
    String what =
        "Component %s on %s: revision %d of %d, %s%s"
            .formatted(
                component,
                record.machine(),
                record.revision(),
                number,
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
