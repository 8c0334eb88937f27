package gantry.engine.store;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a machine says of itself, per component. It outlives the agent.
 *
 * @param revision the revision that it is to run: the last one that it was admitted to and that did
 *     not fail; 0 for none
 * @param previous the revision that it ran before that one; 0 for none
 * @param serving the container that serves, with what a drain would wait for; empty while it has no
 *     connection. Up to half a minute old
 * @param reason what the phase waits for or why it failed; empty when there is nothing to say
 */
public record MachineRecord(
    String machine,
    long revision,
    long previous,
    Phase phase,
    String reason,
    List<Drain> drains,
    Optional<Drain> serving,
    Instant at) {
  /** Copies the drains. Records from before there was word of what serves have none. */
  public MachineRecord {
    drains = List.copyOf(drains);
    serving = Objects.requireNonNullElse(serving, Optional.empty());
  }

  /** Of a machine whose serving container has no connection. */
  public MachineRecord(
      String machine,
      long revision,
      long previous,
      Phase phase,
      String reason,
      List<Drain> drains,
      Instant at) {
    this(machine, revision, previous, phase, reason, drains, Optional.empty(), at);
  }

  /** A machine that has not run anything yet. */
  public static MachineRecord none(String machine) {
    return new MachineRecord(machine, 0, 0, Phase.IDLE, "", List.of(), Instant.EPOCH);
  }

  /** The same, which says nothing of drains until it is told again. */
  public MachineRecord withoutDrains() {
    return new MachineRecord(machine, revision, previous, phase, reason, List.of(), serving, at);
  }

  /** The same with another revision and phase. */
  public MachineRecord with(long newRevision, Phase newPhase, String newReason, Instant newAt) {
    long before = newRevision == revision ? previous : revision;
    Optional<Drain> load = newRevision == revision ? serving : Optional.empty();
    return new MachineRecord(
        machine, newRevision, before, newPhase, newReason, drains, load, newAt);
  }
}
