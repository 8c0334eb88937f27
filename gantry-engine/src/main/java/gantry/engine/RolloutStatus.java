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
 */
public record RolloutStatus(
    String component,
    String label,
    Optional<Revision> revision,
    List<MachineStatus> machines,
    Optional<Alert> alert) {
  /** Copies the machines. */
  public RolloutStatus {
    machines = List.copyOf(machines);
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

  /** How many machines that are there run a revision. */
  public long running(long number) {
    return present().stream()
        .filter(m -> m.revision() == number && m.phase() == Phase.READY)
        .count();
  }
}
