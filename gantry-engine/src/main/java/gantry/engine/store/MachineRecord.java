package gantry.engine.store;

import java.time.Instant;
import java.util.List;

/**
 * What a machine says of itself, per component. It outlives the agent.
 *
 * @param revision the revision that it is to run: the last one that it was admitted to and that did
 *     not fail; 0 for none
 * @param previous the revision that it ran before that one; 0 for none
 * @param reason what the phase waits for or why it failed; empty when there is nothing to say
 */
public record MachineRecord(
    String machine,
    long revision,
    long previous,
    Phase phase,
    String reason,
    List<Drain> drains,
    Instant at) {
  /** Copies the drains. */
  public MachineRecord {
    drains = List.copyOf(drains);
  }

  /** A machine that has not run anything yet. */
  public static MachineRecord none(String machine) {
    return new MachineRecord(machine, 0, 0, Phase.IDLE, "", List.of(), Instant.EPOCH);
  }

  /** The same with another revision and phase. */
  public MachineRecord with(long newRevision, Phase newPhase, String newReason, Instant newAt) {
    long before = newRevision == revision ? previous : revision;
    return new MachineRecord(machine, newRevision, before, newPhase, newReason, drains, newAt);
  }
}
