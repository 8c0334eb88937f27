package gantry.engine.loop;

import gantry.engine.exec.Site;
import gantry.engine.plan.Lease;
import gantry.engine.store.Batch;
import gantry.engine.store.ComponentKey;
import gantry.engine.store.Cut;
import gantry.engine.store.CutStore;
import gantry.engine.store.Desired;
import gantry.engine.store.MachineRecord;
import gantry.engine.store.Presence;
import gantry.engine.store.PresenceStore;
import gantry.engine.store.Queue;
import gantry.engine.store.Revision;
import gantry.engine.store.RolloutSnapshot;
import gantry.engine.store.RolloutStore;
import gantry.engine.store.Turn;
import gantry.engine.store.Versioned;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what one machine needs to know of what all share, and no more: in one call as a rule, since
 * each call that a machine makes between two steps holds up those that wait for it. Used by one
 * thread at a time.
 */
final class SharedReader {
  private final Site site;
  private final ComponentKey key;
  private final RolloutStore store;
  private final Queue queue;
  private final CutStore cuts;
  private boolean mayQueue = true;
  private boolean mayBeCut = true;
  private long newest;

  SharedReader(Site site, ComponentKey key) {
    this.site = site;
    this.key = key;
    this.store = new RolloutStore(site.coordinator(), site.clock());
    this.cuts = new CutStore(site.coordinator(), key, site.clock());
    this.queue = new Queue(site.coordinator(), key, site.machine());
  }

  Shared read(Lease lease) {
    Batch batch = new Batch();
    Supplier<RolloutSnapshot> rollouts = store.snapshot(key, batch);
    Supplier<Optional<Versioned<MachineRecord>>> records =
        store.machine(key, site.machine(), batch);
    Supplier<Optional<Versioned<Cut>>> cut =
        mayBeCut ? cuts.find(site.machine(), batch) : () -> cuts.find(site.machine());
    Supplier<Turn> turn = mayQueue ? queue.ask(lease.session(), batch) : () -> Turn.NONE;
    Runnable next = store.expect(key, newest + 1, batch); // what wakes it is a new one, as a rule
    long revision = batch.read(site.coordinator());

    next.run();
    RolloutSnapshot rollout = rollouts.get();
    newest = desired(rollout);
    Versioned<MachineRecord> record = records.get().orElseGet(() -> Shared.none(site.machine()));
    Map<Long, Revision> revisions = store.revisions(key, numbers(rollout, record.value()));
    return new Shared(
        revision,
        rollout,
        record,
        revisions,
        turn(rollout, record.value(), revisions.get(desired(rollout)), turn),
        cut(record.value(), cut));
  }

  private Set<Long> numbers(RolloutSnapshot rollout, MachineRecord record) {
    return Stream.of(desired(rollout), admitted(rollout), record.revision(), record.previous())
        .collect(Collectors.toSet());
  }

  /**
   * A cut is asked for only while the record says that something drains. So one look after it has
   * ceased to say so finds the last that can have come, and whoever drains nothing need not look.
   */
  private Optional<Versioned<Cut>> cut(
      MachineRecord record, Supplier<Optional<Versioned<Cut>>> asked) {
    boolean drains = !record.drains().isEmpty();
    if (!drains && !mayBeCut) {
      return Optional.empty();
    }
    Optional<Versioned<Cut>> cut = asked.get();
    mayBeCut = drains || cut.isPresent();
    return cut;
  }

  /**
   * Whoever did not wait at the last look is not queued, and who has got what it waited for need
   * not look.
   */
  private Turn turn(
      RolloutSnapshot rollout,
      MachineRecord record,
      @Nullable Revision wanted,
      Supplier<Turn> asked) {
    if (rollout.admissionOf(site.machine()).isPresent()) {
      return Turn.NONE;
    }
    boolean waits =
        desired(rollout) != record.revision()
            && mayTake(rollout)
            && rollout.alertFor(desired(rollout)).isEmpty();
    Turn turn = asked.get();
    mayQueue = waits || turn.queued();
    boolean share = wanted != null && wanted.spec().update().parallelPercent() > 0;
    return share && turn.first() ? turn.among(agents()) : turn;
  }

  private int agents() {
    return (int)
        new PresenceStore(site.coordinator(), key.project())
            .all().stream()
                .filter(presence -> presence.components().contains(key.component()))
                .map(Presence::machine)
                .distinct()
                .count();
  }

  private boolean mayTake(RolloutSnapshot rollout) {
    return rollout
        .desired()
        .map(Versioned::value)
        .filter(d -> d.covers(site.machine()) && !d.paused())
        .isPresent();
  }

  private static long desired(RolloutSnapshot rollout) {
    return rollout.desired().map(Versioned::value).map(Desired::revision).orElse(0L);
  }

  private long admitted(RolloutSnapshot rollout) {
    return rollout
        .admissionOf(site.machine())
        .map(slot -> slot.admission().orElseThrow().value().revision())
        .orElse(0L);
  }
}
