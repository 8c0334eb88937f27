package gantry.engine.loop;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.proxy.BackendStatus;
import gantry.api.proxy.ProxyStatus;
import gantry.engine.exec.Effect;
import gantry.engine.exec.Labels;
import gantry.engine.exec.Sessions;
import gantry.engine.exec.Site;
import gantry.engine.plan.ContainerView;
import gantry.engine.plan.EngineView;
import gantry.engine.plan.Lease;
import gantry.engine.plan.Observation;
import gantry.engine.plan.ProxyView;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Looks at everything once. What does not answer is said to be unseen; nothing is made up from it.
 * The coordinator alone is remembered: while it is away its last word stands. Order matters: the
 * coordinator is read before the engine and the proxy, so that what they show is never older than
 * the wish that it is judged by.
 */
final class Observer {
  private final Site site;
  private final ComponentKey key;
  private final RolloutStore store;
  private final Sessions sessions;
  private final Patience<Known> coordinator;
  private final Patience<Lease> leases;
  private final Queue queue;
  private final CutStore cuts;
  private boolean mayQueue = true;
  private boolean mayBeCut = true;
  private Known last;

  /** What the coordinator said. */
  private record Known(
      RolloutSnapshot rollout,
      Versioned<MachineRecord> record,
      Map<Long, Revision> revisions,
      Turn turn,
      Optional<Versioned<Cut>> cut) {
    Known with(MachineRecord written) {
      Versioned<MachineRecord> now =
          new Versioned<>(written, record.createRevision(), record.modRevision());
      return new Known(rollout, now, revisions, turn, cut);
    }
  }

  /**
   * An observer that has seen nothing yet.
   *
   * @param late called when the coordinator answered after all, so that looking again is worth
   *     while
   */
  Observer(Site site, ComponentKey key, Sessions sessions, Runnable late) {
    this.site = site;
    this.key = key;
    this.store = new RolloutStore(site.coordinator(), site.clock());
    this.sessions = sessions;
    this.cuts = new CutStore(site.coordinator(), key, site.clock());
    this.queue = new Queue(site.coordinator(), key, site.machine());
    this.coordinator = new Patience<>(site.jobs(), late);
    this.leases = new Patience<>(site.jobs(), late);
    this.last = nothing();
  }

  private Known nothing() {
    return new Known(
        RolloutSnapshot.EMPTY,
        new Versioned<>(MachineRecord.none(site.machine()), 0, 0),
        Map.of(),
        Turn.NONE,
        Optional.empty());
  }

  /**
   * What this machine wrote itself is newer than what it read. Whoever does not know what their
   * last word was knows as little as one that has just started.
   */
  void apply(Effect effect) {
    switch (effect) {
      case Effect.Recorded written -> last = last.with(written.record());
      case Effect.RecordUnknown unknown -> last = nothing();
      default -> {}
    }
  }

  Observation observe(LoopMemory memory) {
    boolean connected = readCoordinator(lease());
    EngineView engine = engine();
    ProxyView proxy = proxy();
    memory.observe(engine, proxy, last.rollout(), last.revisions().values());
    return new Observation(
        site.clock().monotonicNanos(),
        new Observation.Place(key, site.machine(), site.bind()),
        connected,
        last.rollout(),
        last.record().value(),
        last.record().modRevision(),
        last.revisions(),
        last.turn(),
        last.cut(),
        engine,
        proxy,
        lease(), // last, so that it is not older than what is to be done under it
        memory.view());
  }

  private Lease lease() {
    return leases.ask(sessions::lease).orElse(Lease.NONE);
  }

  private boolean readCoordinator(Lease lease) {
    try {
      Optional<Known> read = coordinator.ask(() -> read(lease));
      read.ifPresent(known -> last = known);
      return read.isPresent();
    } catch (GantryException e) {
      if (e.code() == ErrorCode.COORDINATOR_UNREACHABLE || e.code() == ErrorCode.OUTCOME_UNKNOWN) {
        return false;
      }
      throw e;
    }
  }

  private Known read(Lease lease) {
    RolloutSnapshot rollout = store.snapshot(key);
    Versioned<MachineRecord> record =
        store
            .machine(key, site.machine())
            .orElseGet(() -> new Versioned<>(MachineRecord.none(site.machine()), 0, 0));
    Map<Long, Revision> revisions = new HashMap<>();
    LongStream.of(
            desired(rollout),
            admitted(rollout),
            record.value().revision(),
            record.value().previous())
        .distinct()
        .forEach(number -> store.revision(key, number).ifPresent(r -> revisions.put(number, r)));
    return new Known(
        rollout,
        record,
        revisions,
        turn(rollout, record.value(), revisions.get(desired(rollout)), lease),
        cut(record.value()));
  }

  /**
   * A cut is asked for only while the record says that something drains. So one look after it has
   * ceased to say so finds the last that can have come, and whoever drains nothing need not look.
   */
  private Optional<Versioned<Cut>> cut(MachineRecord record) {
    boolean drains = !record.drains().isEmpty();
    if (!drains && !mayBeCut) {
      return Optional.empty();
    }
    Optional<Versioned<Cut>> cut = cuts.find(site.machine());
    mayBeCut = drains || cut.isPresent();
    return cut;
  }

  /**
   * Whoever does not wait, and has not waited, need not look; nor who has got what it waited for.
   */
  private Turn turn(
      RolloutSnapshot rollout, MachineRecord record, @Nullable Revision wanted, Lease lease) {
    boolean waits =
        desired(rollout) != record.revision()
            && mayTake(rollout)
            && rollout.alertFor(desired(rollout)).isEmpty();
    if (rollout.admissionOf(site.machine()).isPresent() || (!waits && !mayQueue)) {
      return Turn.NONE;
    }
    Turn turn = queue.look(lease.session());
    mayQueue = turn.queued();
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

  private EngineView engine() {
    try {
      List<ContainerView> containers =
          site.driver().list(Labels.of(key, site.machine())).stream()
              .map(status -> new ContainerView(status, Labels.revision(status)))
              .toList();
      return new EngineView.Visible(containers);
    } catch (GantryException e) {
      return new EngineView.Unreachable(e.text());
    }
  }

  private ProxyView proxy() {
    try {
      return site.proxy().status().<ProxyView>map(this::up).orElseGet(ProxyView.Down::new);
    } catch (GantryException e) {
      return new ProxyView.Unreachable(e.text());
    }
  }

  private ProxyView.Up up(ProxyStatus status) {
    String owner = key.toString();
    Map<String, BackendStatus> backends =
        status.backends().stream()
            .filter(backend -> backend.owner().equals(owner))
            .collect(Collectors.toMap(BackendStatus::id, backend -> backend));
    return new ProxyView.Up(status.routesOf(owner), backends);
  }
}
