package gantry.engine;

import gantry.engine.store.Alert;
import gantry.engine.store.MachineRecord;
import gantry.engine.store.Phase;
import gantry.engine.store.Presence;
import gantry.engine.store.Revision;
import java.util.List;
import java.util.Optional;

/**
 * One component on all machines, at one moment.
 *
 * @param label ready, updating, stopped and so on
 * @param revision the desired one; empty when it was never updated
 * @param machines every machine that has run it or looks after it, by name
 * @param alert why the desired revision failed
 * @param canaries the only machines that may take the desired revision; empty for all
 */
public record RolloutStatus(
    String component,
    String label,
    Optional<Revision> revision,
    List<MachineStatus> machines,
    Optional<Alert> alert,
    List<String> canaries) {
  /** Copies the machines. */
  public RolloutStatus {
    machines = List.copyOf(machines);
    canaries = List.copyOf(canaries);
  }

  /** For all machines. */
  public RolloutStatus(
      String component,
      String label,
      Optional<Revision> revision,
      List<MachineStatus> machines,
      Optional<Alert> alert) {
    this(component, label, revision, machines, alert, List.of());
  }

  /**
   * One machine: what it last said of itself, and its agent, if that is there.
   *
   * @param record of a machine whose agent has just come for the first time: nothing yet
   */
  public record MachineStatus(MachineRecord record, Optional<Presence> presence) {
    /** Whether its agent is there. */
    public boolean present() {
      return presence.isPresent();
    }

    /** Its name. */
    public String name() {
      return record.machine();
    }
  }

  /** What those machines say whose agents are there. */
  public List<MachineRecord> present() {
    return machines.stream().filter(MachineStatus::present).map(MachineStatus::record).toList();
  }

  /** Those of them that may take the desired revision. */
  public List<MachineRecord> admitted() {
    return present().stream()
        .filter(m -> canaries.isEmpty() || canaries.contains(m.machine()))
        .toList();
  }

  /** How many of those run a revision. */
  public long running(long number) {
    return admitted().stream()
        .filter(m -> m.revision() == number && m.phase() == Phase.READY)
        .count();
  }
}
