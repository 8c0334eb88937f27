package gantry.engine.store;

import gantry.api.coordination.Condition;
import gantry.api.coordination.Coordinator;
import gantry.api.coordination.Session;
import gantry.api.coordination.Transaction;
import gantry.api.coordination.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The transactions of one machine for one component. Each answers whether it was carried out; one
 * that was not means that the picture it was based on is old: look again. Progress of an update is
 * guarded by the slot's create revision, so that a holder who lost it writes nothing.
 */
public final class MachineStore {
  private final Coordinator coordinator;
  private final ComponentKey key;
  private final String machine;

  /** The transactions of this machine. */
  public MachineStore(Coordinator coordinator, ComponentKey key, String machine) {
    this.coordinator = coordinator;
    this.key = key;
    this.machine = machine;
  }

  /**
   * Goes to the end of the {@link Queue}; keeps its place when an earlier session still has one.
   */
  public void enqueue(Session session) {
    var _ =
        commit(
            List.of(),
            List.of(Write.put(Keys.queued(key, machine), Json.write(session.id()), session)));
  }

  /** Waits for a slot no more. */
  public void leaveQueue() {
    var _ = commit(List.of(), List.of(Write.delete(Keys.queued(key, machine))));
  }

  /** Takes a free slot: nobody holds it or is admitted to it, and what was seen still stands. */
  public boolean acquire(
      int index, Versioned<Desired> desired, Admission admission, Session session) {
    Slot slot = new Slot(machine, admission.revision(), session.id());
    return commit(
        List.of(
            new Condition.Absent(Keys.slot(key, index)),
            new Condition.Absent(Keys.admission(key, index)),
            unchanged(desired),
            new Condition.Absent(Keys.alert(key))),
        List.of(
            Write.put(Keys.slot(key, index), Json.write(slot), session),
            Write.put(Keys.admission(key, index), Json.write(admission)),
            Write.delete(Keys.queued(key, machine))));
  }

  /** Takes its own slot again after a restart or a lost lease: the admission is still its own. */
  public boolean reclaim(SlotView view, Session session) {
    Versioned<Admission> admission = view.admission().orElseThrow();
    Slot slot = new Slot(machine, admission.value().revision(), session.id());
    String slotKey = Keys.slot(key, view.index());
    Condition asSeen =
        view.slot()
            .<Condition>map(s -> new Condition.Unchanged(slotKey, s.modRevision()))
            .orElseGet(() -> new Condition.Absent(slotKey));
    return commit(
        List.of(
            asSeen,
            new Condition.Unchanged(Keys.admission(key, view.index()), admission.modRevision())),
        List.of(Write.put(slotKey, Json.write(slot), session)));
  }

  /**
   * Starts a revision without a slot, because it has succeeded elsewhere, or because a rollback
   * finds its container here.
   *
   * @param first whether nobody has said yet that it succeeds
   */
  public boolean admitProven(Versioned<Desired> desired, MachineRecord record, boolean first) {
    List<Write> writes = new ArrayList<>(List.of(save(record)));
    writes.add(Write.delete(Keys.queued(key, machine)));
    if (first) {
      writes.addAll(proof(record));
    }
    return commit(List.of(unchanged(desired), new Condition.Absent(Keys.alert(key))), writes);
  }

  /**
   * Ends an update well: the record says so, the slot is free, the revision is proven.
   *
   * @param first whether nobody has said yet that it succeeds
   */
  public boolean finish(SlotView view, MachineRecord record, boolean first) {
    List<Write> writes = new ArrayList<>(freeing(view.index()));
    writes.add(save(record));
    writes.add(Write.put(Keys.last(key), Json.write(machine)));
    if (first) {
      writes.addAll(proof(record));
    }
    return commit(List.of(fence(view.index(), view.slot().orElseThrow().createRevision())), writes);
  }

  /**
   * Ends an update badly: the alert stands before anybody else can take the slot. Not carried out
   * when something else is desired by now, since the alert would be about the wrong revision.
   */
  public boolean fail(
      SlotView view, Versioned<Desired> desired, Alert alert, MachineRecord record) {
    List<Write> writes = new ArrayList<>(freeing(view.index()));
    writes.add(save(record));
    writes.add(Write.put(Keys.alert(key), Json.write(alert)));
    writes.add(Write.put(Keys.failure(key, alert.revision()), Json.write(alert)));
    long life = view.slot().orElseThrow().createRevision();
    return commit(List.of(fence(view.index(), life), unchanged(desired)), writes);
  }

  /**
   * Ends an update badly and takes it back on all machines: instead of the alert there is another
   * revision at once, in the same transaction, so that nobody is admitted to the bad one in
   * between.
   */
  public boolean failBack(
      SlotView view,
      Versioned<Desired> desired,
      Alert alert,
      MachineRecord record,
      Revision rollback) {
    List<Write> writes = new ArrayList<>(freeing(view.index()));
    Desired next =
        new Desired(rollback.number(), DesiredStatus.READY, rollback.by(), rollback.at());
    writes.add(save(record));
    writes.add(Write.put(Keys.failure(key, alert.revision()), Json.write(alert)));
    writes.add(Write.put(Keys.revision(key, rollback.number()), Json.write(rollback)));
    writes.add(Write.put(Keys.desired(key), Json.write(next)));
    long life = view.slot().orElseThrow().createRevision();
    return commit(List.of(fence(view.index(), life), unchanged(desired)), writes);
  }

  /** Gives up an admission that means nothing any more, as long as it is still the one seen. */
  public boolean leave(SlotView view, MachineRecord record) {
    Versioned<Admission> admission = view.admission().orElseThrow();
    List<Write> writes = new ArrayList<>(freeing(view.index()));
    writes.add(save(record));
    return commit(
        List.of(
            new Condition.Unchanged(Keys.admission(key, view.index()), admission.modRevision())),
        writes);
  }

  /** Says that another machine went silent while it was updating. Its admission stays. */
  public boolean reportLost(SlotView view, Versioned<Desired> desired, Alert alert) {
    Versioned<Admission> admission = view.admission().orElseThrow();
    return commit(
        List.of(
            new Condition.Absent(Keys.slot(key, view.index())),
            new Condition.Unchanged(Keys.admission(key, view.index()), admission.modRevision()),
            unchanged(desired),
            new Condition.Absent(Keys.alert(key))),
        List.of(
            Write.put(Keys.alert(key), Json.write(alert)),
            Write.put(Keys.failure(key, alert.revision()), Json.write(alert))));
  }

  private List<Write> proof(MachineRecord record) {
    long number = record.revision();
    Success success = new Success(number, record.machine(), record.at());
    return List.of(
        Write.put(Keys.proven(key), Json.write(number)),
        Write.put(Keys.success(key, number), Json.write(success)));
  }

  /**
   * Writes this machine's record, as long as it is still the one that was seen.
   *
   * @param seenRevision its modification revision; 0 when there was none
   * @param held the slot under which it says how an update goes, which must still be held; empty
   *     when it says something else
   */
  public boolean saveRecord(MachineRecord record, long seenRevision, Optional<SlotView> held) {
    String recordKey = Keys.machine(key, machine);
    Condition asSeen =
        seenRevision == 0
            ? new Condition.Absent(recordKey)
            : new Condition.Unchanged(recordKey, seenRevision);
    List<Condition> conditions = new ArrayList<>(List.of(asSeen));
    held.ifPresent(
        view -> conditions.add(fence(view.index(), view.slot().orElseThrow().createRevision())));
    return commit(conditions, List.of(save(record)));
  }

  private Condition unchanged(Versioned<Desired> desired) {
    return new Condition.Unchanged(Keys.desired(key), desired.modRevision());
  }

  private Condition fence(int index, long slotCreateRevision) {
    return new Condition.SameLife(Keys.slot(key, index), slotCreateRevision);
  }

  private List<Write> freeing(int index) {
    return List.of(Write.delete(Keys.slot(key, index)), Write.delete(Keys.admission(key, index)));
  }

  private Write save(MachineRecord record) {
    return Write.put(Keys.machine(key, machine), Json.write(record));
  }

  private boolean commit(List<Condition> conditions, List<Write> writes) {
    return coordinator.commit(new Transaction(conditions, writes)).committed();
  }
}
