package gantry.engine.exec;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.container.ContainerId;
import gantry.engine.event.RolloutEvent;
import gantry.engine.plan.Action;
import gantry.engine.plan.Observation;
import gantry.engine.store.Admission;
import gantry.engine.store.Alert;
import gantry.engine.store.AlertKind;
import gantry.engine.store.ComponentKey;
import gantry.engine.store.CutStore;
import gantry.engine.store.Desired;
import gantry.engine.store.MachineRecord;
import gantry.engine.store.MachineStore;
import gantry.engine.store.Phase;
import gantry.engine.store.Revision;
import gantry.engine.store.Versioned;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The actions that are transactions. One that is rejected was decided from an old picture; the loop
 * looks again by itself, so there is nothing to do about it here.
 */
final class RolloutWrites {
  /** Lines of a failed container's log that are kept with the alert. */
  private static final int LOG_TAIL = 20;

  /** Characters of such a line that are kept: all of them must fit into a transaction. */
  private static final int LOG_LINE = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(RolloutWrites.class);

  private final Site site;
  private final ComponentKey key;
  private final Sessions sessions;
  private final MachineStore store;
  private final CutStore cuts;
  private final Consumer<Effect> effects;

  RolloutWrites(Site site, ComponentKey key, Sessions sessions, Consumer<Effect> effects) {
    this.site = site;
    this.key = key;
    this.sessions = sessions;
    this.effects = effects;
    this.store = new MachineStore(site.coordinator(), key, site.machine());
    this.cuts = new CutStore(site.coordinator(), key, site.clock());
  }

  void acquire(Action.AcquireSlot action, Observation o) {
    Admission admission = new Admission(site.machine(), action.revision(), now());
    // Told before, since the answer may be lost: failures of an earlier attempt must not count.
    effects.accept(new Effect.Admitted(action.revision()));
    if (store.acquire(action.index(), desired(o), admission, sessions.require())) {
      CrashPoint.SLOT_ACQUIRED.reached();
      tell(new RolloutEvent.Admitted(action.revision()));
    }
  }

  void enqueue() {
    store.enqueue(sessions.require());
  }

  void leaveQueue() {
    store.leaveQueue();
  }

  void reclaim(Action.ReclaimSlot action) {
    if (store.reclaim(action.slot(), sessions.require())) {
      CrashPoint.SLOT_RECLAIMED.reached();
    } else {
      LOG.debug("the slot was not reclaimed: it has changed");
    }
  }

  boolean admitProven(Action.AdmitProven action, Observation o) {
    // What drains may be what serves from now on: the record must not say so any longer.
    MachineRecord record =
        o.record().with(action.revision(), Phase.STARTING, "", now()).withoutDrains();
    boolean first = isFirst(action.revision(), o);
    if (!settles(record, () -> store.admitProven(desired(o), record, first))) {
      return false;
    }
    CrashPoint.PROVEN_ADMITTED.reached();
    effects.accept(new Effect.Admitted(action.revision()));
    tell(new RolloutEvent.Admitted(action.revision()));
    return true;
  }

  /** Who says so again would wake everybody who waits. */
  private static boolean isFirst(long revision, Observation o) {
    return o.rollout().proven() != revision;
  }

  void reportLost(Action.ReportLost action, Observation o) {
    Versioned<Desired> desired = desired(o);
    String machine = action.slot().machine().orElseThrow();
    Alert alert =
        new Alert(
            desired.value().revision(),
            AlertKind.UPDATEFAIL,
            machine,
            action.reason(),
            List.of(),
            now());
    if (store.reportLost(action.slot(), desired, alert)) {
      CrashPoint.LOST_REPORTED.reached();
    }
  }

  void finish(Action.FinishUpdate action, Observation o) {
    sessions.require(action.slot());
    MachineRecord record = o.record().with(action.revision(), Phase.READY, "", now());
    boolean first = isFirst(action.revision(), o);
    if (settles(record, () -> store.finish(action.slot(), record, first))) {
      CrashPoint.UPDATE_FINISHED.reached();
      tell(new RolloutEvent.Updated(action.revision()));
    }
  }

  void fail(Action.FailUpdate action, Observation o) {
    sessions.require(action.slot());
    List<String> tail = action.logsOf().map(this::logTail).orElse(List.of());
    long revision = o.record().revision();
    MachineRecord record = o.record().with(revision, Phase.FAILED, action.reason(), now());
    Alert alert =
        new Alert(
            action.revision(),
            action.kind(),
            site.machine(),
            Optional.of(action.phase()),
            action.reason(),
            tail,
            now());
    boolean done =
        action.rollback().isEmpty()
            ? store.fail(action.slot(), desired(o), alert, record)
            : store.failBack(
                action.slot(), desired(o), alert, record, rollback(action.rollback().get(), o));
    if (done) {
      CrashPoint.UPDATE_FAILED.reached();
      tell(new RolloutEvent.UpdateFailed(action.revision(), action.kind(), action.reason(), tail));
    }
  }

  private Revision rollback(Revision to, Observation o) {
    Desired desired = desired(o).value();
    String by = desired.by() + " (onFailure)";
    return to.restored(desired.revision() + 1, by, now());
  }

  void leave(Action.LeaveSlot action, Observation o) {
    Phase phase = action.revision() == 0 ? Phase.IDLE : Phase.READY;
    MachineRecord record = o.record().with(action.revision(), phase, "", now());
    if (settles(record, () -> store.leave(action.slot(), record))) {
      CrashPoint.SLOT_LEFT.reached();
    }
  }

  void adopt(Action.Adopt action, Observation o) {
    MachineRecord record = o.record().with(action.revision(), Phase.READY, "", now());
    if (settles(record, () -> store.saveRecord(record, o.recordRevision(), Optional.empty()))) {
      CrashPoint.ADOPTED.reached();
    } else {
      LOG.debug("revision {} was not adopted: the record has changed", action.revision());
    }
  }

  void settle(Action.SettleCut action) {
    if (cuts.settle(site.machine(), action.cut(), action.left())) {
      CrashPoint.CUT_SETTLED.reached();
    } else {
      LOG.debug("the cut was not settled: it has changed");
    }
  }

  /** A log that cannot be read must not keep the failure from being told. */
  private List<String> logTail(ContainerId id) {
    try {
      return site.driver().logs(id, LOG_TAIL).stream().map(RolloutWrites::cut).toList();
    } catch (GantryException e) {
      return List.of("(no log: " + e.text() + ")");
    }
  }

  private static String cut(String line) {
    return line.length() <= LOG_LINE ? line : line.substring(0, LOG_LINE - 3) + "...";
  }

  /**
   * Writes which revision this machine runs. The coordinator may be gone before it is read again,
   * and whoever then goes by the record before this one leads traffic back to what was left.
   */
  private boolean settles(MachineRecord record, BooleanSupplier write) {
    try {
      boolean done = write.getAsBoolean();
      if (done) {
        effects.accept(new Effect.Recorded(record));
      }
      return done;
    } catch (GantryException e) {
      if (e.code() == ErrorCode.OUTCOME_UNKNOWN) {
        effects.accept(new Effect.RecordUnknown());
      }
      throw e;
    }
  }

  private static Versioned<Desired> desired(Observation o) {
    Optional<Versioned<Desired>> desired = o.rollout().desired();
    return desired.orElseThrow();
  }

  private Instant now() {
    return site.clock().wallTime();
  }

  private void tell(RolloutEvent event) {
    site.listener().on(key, event);
  }
}
