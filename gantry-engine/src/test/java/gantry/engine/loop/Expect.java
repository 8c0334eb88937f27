package gantry.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.engine.store.MachineRecord;
import gantry.engine.store.Phase;

/** How a fleet stands when all is over. */
final class Expect {
  private Expect() {}

  /** Every machine serves this revision, and nothing is left of any other. */
  static void converged(Fleet fleet, long revision) {
    assertThat(fleet.rollout().slots()).as("slots").isEmpty();
    assertThat(fleet.rollout().alert()).as("alert").isEmpty();
    assertThat(fleet.rollout().proven()).as("proven").isEqualTo(revision);
    for (FleetMachine machine : fleet.machines) {
      serves(fleet, machine.name, revision);
      MachineRecord record = fleet.record(machine.name);
      assertThat(record.phase()).as("phase of %s", machine.name).isEqualTo(Phase.READY);
    }
  }

  /** A machine serves this revision and has nothing else. */
  static void serves(Fleet fleet, String name, long revision) {
    FleetMachine machine = fleet.machine(name);
    assertThat(fleet.record(name).revision()).as("record of %s", name).isEqualTo(revision);
    assertThat(machine.containers())
        .as("containers of %s", name)
        .hasSize(1)
        .allMatch(c -> c.revision() == revision && c.status().isRunning());
    assertThat(machine.serves()).as("%s serves", name).isTrue();
  }

  static void stopped(Fleet fleet) {
    for (FleetMachine machine : fleet.machines) {
      assertThat(machine.containers()).as("containers of %s", machine.name).isEmpty();
      assertThat(machine.primaries()).as("routes of %s", machine.name).isEmpty();
      assertThat(fleet.record(machine.name).phase()).isEqualTo(Phase.STOPPED);
    }
  }
}
