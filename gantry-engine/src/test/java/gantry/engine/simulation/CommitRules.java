package gantry.engine.simulation;

import gantry.api.coordination.Outcome;
import gantry.api.coordination.Transaction;
import gantry.engine.spec.OnFailure;
import gantry.engine.store.Admission;
import gantry.engine.store.Alert;
import gantry.engine.store.Desired;
import gantry.engine.store.DesiredStatus;
import gantry.engine.store.Revision;
import gantry.engine.store.RolloutSnapshot;
import gantry.engine.store.RolloutStore;
import gantry.engine.store.Slot;
import gantry.engine.store.SlotView;
import gantry.engine.store.Versioned;
import java.util.Optional;
import java.util.stream.Stream;

/** What no transaction of an agent may do to what machines share. */
final class CommitRules {
  private final Life life;
  private final String me;
  private RolloutSnapshot old = RolloutSnapshot.EMPTY;
  private long oldRecord;
  private Optional<Transaction> transaction = Optional.empty();

  CommitRules(Life life) {
    this.life = life;
    this.me = life.machine.name;
  }

  void before(Transaction begun) {
    transaction = Optional.of(begun);
    old = now();
    oldRecord = life.machine.record().revision();
  }

  private RolloutSnapshot now() {
    return life.machine.world.truth.snapshot(World.WEB);
  }

  void after(Outcome outcome) {
    if (outcome.committed()) {
      keys();
      RolloutSnapshot now = now();
      admissions(now);
      slots(now);
      alert(now);
      proven(now);
      record(now);
      finished();
    }
  }

  private void keys() {
    transaction.orElseThrow().writes().stream()
        .map(write -> write.key())
        .forEach(
            key -> {
              boolean wish = key.endsWith("/desired") || key.contains("/revisions/");
              require(wish && !takesBack(), "an agent wishes nothing but what served", key);
              boolean record = key.contains("/machines/") && !key.endsWith("/machines/" + me);
              require(record, "an agent writes its own record only", key);
              boolean cut = key.contains("/cuts/") && !key.endsWith("/cuts/" + me);
              require(cut, "an agent settles its own cuts only", key);
            });
  }

  /** With {@code onFailure: rollback}, the machine that holds the slot says what comes next. */
  private boolean takesBack() {
    RolloutStore truth = life.machine.world.truth;
    Desired next = now().desired().orElseThrow().value();
    Revision failed =
        truth.revision(World.WEB, old.desired().orElseThrow().value().revision()).orElseThrow();
    Revision restored = truth.revision(World.WEB, next.revision()).orElseThrow();
    return failed.spec().update().onFailure() == OnFailure.ROLLBACK
        && !failed.isRollback()
        && held(failed.number())
        && restored.number() == failed.number() + 1
        && restored.content() == life.machine.world.content(oldRecord);
  }

  private void admissions(RolloutSnapshot now) {
    for (SlotView view : now.slots()) {
      view.admission()
          .filter(admission -> isNew(admission, oldAdmission(view.index())))
          .ifPresent(admission -> admitted(now, view, admission.value()));
    }
    for (SlotView view : old.slots()) {
      Optional<Versioned<Admission>> admission = view.admission();
      boolean ended = admission.isPresent() && admissionOf(now, view.index()).isEmpty();
      require(
          ended && !admission.orElseThrow().value().machine().equals(me),
          "only its machine ends an admission",
          view.toString());
    }
  }

  private static boolean isNew(Versioned<?> now, Optional<? extends Versioned<?>> before) {
    return before.filter(b -> b.modRevision() == now.modRevision()).isEmpty();
  }

  private Optional<Versioned<Admission>> oldAdmission(int index) {
    return admissionOf(old, index);
  }

  private static Optional<Versioned<Admission>> admissionOf(RolloutSnapshot from, int index) {
    return at(from, index).flatMap(view -> view.admission().stream()).findFirst();
  }

  private static Stream<SlotView> at(RolloutSnapshot from, int index) {
    return from.slots().stream().filter(view -> view.index() == index);
  }

  private void admitted(RolloutSnapshot now, SlotView view, Admission admission) {
    require(
        oldAdmission(view.index()).isPresent(),
        "a slot whose machine has not said how it ended is taken",
        view.toString());
    require(!admission.machine().equals(me), "a machine is admitted by itself", view.toString());
    long admitted = now.slots().stream().filter(s -> s.admission().isPresent()).count();
    int limit = life.machine.world.temper.maxParallel();
    require(admitted > limit, "no more than maxParallel are admitted", now.slots().toString());
    require(old.alert().isPresent(), "nobody is admitted under an alert", view.toString());
    boolean wanted =
        old.desired()
            .map(Versioned::value)
            .filter(d -> d.status() == DesiredStatus.READY)
            .filter(d -> d.revision() == admission.revision())
            .filter(d -> d.covers(me) && !d.paused())
            .isPresent();
    require(!wanted, "only what is desired is admitted", view.toString());
  }

  private void slots(RolloutSnapshot now) {
    for (SlotView view : now.slots()) {
      Optional<Versioned<Slot>> before =
          at(old, view.index()).flatMap(v -> v.slot().stream()).findFirst();
      view.slot()
          .filter(slot -> isNew(slot, before))
          .ifPresent(
              slot -> {
                boolean own = view.machine().filter(me::equals).isPresent();
                require(!own, "a slot is held by the machine that is admitted", view.toString());
                boolean mine = life.sessions.contains(slot.value().session());
                require(!mine, "a slot is bound to its holder's session", view.toString());
              });
    }
  }

  private void alert(RolloutSnapshot now) {
    require(old.alert().isPresent() && now.alert().isEmpty(), "no agent ends an alert", me);
    now.alert()
        .filter(alert -> isNew(alert, old.alert()))
        .map(Versioned::value)
        .ifPresent(alert -> require(!rightful(alert), "an alert is rightful", alert.toString()));
  }

  private boolean rightful(Alert alert) {
    return alert.machine().equals(me)
        ? held(alert.revision())
        : old.slots().stream()
            .filter(SlotView::silent)
            .anyMatch(view -> view.machine().filter(alert.machine()::equals).isPresent());
  }

  private void proven(RolloutSnapshot now) {
    if (now.proven() != old.proven()) {
      require(
          !held(now.proven()) && !isWarm(now.proven()), "only a holder says that it succeeded", me);
      boolean passed = life.machine.passedRevisions.contains(content(now.proven()));
      require(!passed, "only what passed its checks succeeds", me);
      life.machine.world.everProven.add(now.proven());
    }
  }

  /** Under a session of this life, at the moment before the transaction. */
  private boolean held(long revision) {
    return old.slots().stream()
        .filter(view -> view.machine().filter(me::equals).isPresent())
        .flatMap(view -> view.slot().stream())
        .anyMatch(
            slot ->
                slot.value().revision() == revision
                    && life.sessions.contains(slot.value().session()));
  }

  private void record(RolloutSnapshot now) {
    long revision = life.machine.record().revision();
    boolean admitted =
        old.admissionOf(me)
            .flatMap(SlotView::admission)
            .filter(a -> a.value().revision() == revision)
            .isPresent();
    boolean proven = life.machine.world.everProven.contains(revision);
    require(
        revision != oldRecord
            && revision != 0
            && !admitted
            && !proven
            && !serves(revision)
            && !isWarm(revision),
        "a machine runs what it was admitted to",
        now + " record " + revision);
  }

  /** Whoever finishes says that they did so last. */
  private void finished() {
    boolean finish =
        transaction.orElseThrow().writes().stream().anyMatch(w -> w.key().endsWith("/last"));
    if (finish) {
      life.machine.watch.finished(life.machine.record().revision());
    }
  }

  /** A machine that runs nothing may adopt what it serves. */
  private boolean serves(long revision) {
    return oldRecord == 0 && life.machine.passedRevisions.contains(content(revision));
  }

  /**
   * What is taken back to ran here when the agent looked, and has passed its checks. Others may
   * have removed it since.
   */
  private boolean isWarm(long revision) {
    return content(revision) != revision
        && life.seen().stream()
            .flatMap(o -> o.containers().stream())
            .filter(c -> c.revision() == content(revision) && c.status().isRunning())
            .anyMatch(c -> life.machine.passed.contains(c.life()));
  }

  private long content(long revision) {
    return life.machine.world.content(revision);
  }

  private static void require(boolean broken, String rule, String seen) {
    if (broken) {
      throw new Violation(rule, seen);
    }
  }
}
