package gantry.engine.loop;

import gantry.engine.store.Cut;
import gantry.engine.store.MachineRecord;
import gantry.engine.store.Revision;
import gantry.engine.store.RolloutSnapshot;
import gantry.engine.store.Turn;
import gantry.engine.store.Versioned;
import java.util.Map;
import java.util.Optional;

/**
 * What the coordinator said of a component to one of its machines.
 *
 * @param revision the store's, of the moment that the rollout, the record and the cut are from; the
 *     rest is not older; 0 when nothing was read
 * @param record this machine's own
 */
record Shared(
    long revision,
    RolloutSnapshot rollout,
    Versioned<MachineRecord> record,
    Map<Long, Revision> revisions,
    Turn turn,
    Optional<Versioned<Cut>> cut) {
  /** Nothing was said. */
  static Shared nothing(String machine) {
    return new Shared(
        0, RolloutSnapshot.EMPTY, none(machine), Map.of(), Turn.NONE, Optional.empty());
  }

  static Versioned<MachineRecord> none(String machine) {
    return new Versioned<>(MachineRecord.none(machine), 0, 0);
  }

  /** The same with a record that this machine has written since. */
  Shared with(MachineRecord written) {
    Versioned<MachineRecord> now =
        new Versioned<>(written, record.createRevision(), record.modRevision());
    return new Shared(revision, rollout, now, revisions, turn, cut);
  }
}
