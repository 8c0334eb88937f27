package gantry.engine.loop;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.proxy.BackendStatus;
import gantry.api.proxy.ProxyStatus;
import gantry.engine.exec.Labels;
import gantry.engine.exec.Sessions;
import gantry.engine.exec.Site;
import gantry.engine.plan.ContainerView;
import gantry.engine.plan.EngineView;
import gantry.engine.plan.Observation;
import gantry.engine.plan.ProxyView;
import gantry.engine.store.ComponentKey;
import gantry.engine.store.Desired;
import gantry.engine.store.MachineRecord;
import gantry.engine.store.Revision;
import gantry.engine.store.RolloutSnapshot;
import gantry.engine.store.RolloutStore;
import gantry.engine.store.Versioned;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

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
  private RolloutSnapshot lastRollout = RolloutSnapshot.EMPTY;
  private Versioned<MachineRecord> lastRecord;

  Observer(Site site, ComponentKey key, RolloutStore store, Sessions sessions) {
    this.site = site;
    this.key = key;
    this.store = store;
    this.sessions = sessions;
    this.lastRecord = new Versioned<>(MachineRecord.none(site.machine()), 0, 0);
  }

  Observation observe(LoopMemory memory) {
    boolean connected = readCoordinator();
    Map<Long, Revision> revisions = revisions();
    EngineView engine = engine();
    ProxyView proxy = proxy();
    memory.observe(engine, proxy, lastRollout);
    return new Observation(
        site.clock().monotonicNanos(),
        new Observation.Place(key, site.machine(), site.bind()),
        connected,
        lastRollout,
        lastRecord.value(),
        lastRecord.modRevision(),
        revisions,
        engine,
        proxy,
        sessions.lease(),
        memory.view());
  }

  private boolean readCoordinator() {
    try {
      RolloutSnapshot rollout = store.snapshot(key);
      lastRecord =
          store
              .machine(key, site.machine())
              .orElseGet(() -> new Versioned<>(MachineRecord.none(site.machine()), 0, 0));
      lastRollout = rollout;
      return true;
    } catch (GantryException e) {
      if (isAway(e)) {
        return false;
      }
      throw e;
    }
  }

  private static boolean isAway(GantryException e) {
    return e.code() == ErrorCode.COORDINATOR_UNREACHABLE || e.code() == ErrorCode.OUTCOME_UNKNOWN;
  }

  private Map<Long, Revision> revisions() {
    long desired = lastRollout.desired().map(Versioned::value).map(Desired::revision).orElse(0L);
    long admitted =
        lastRollout
            .admissionOf(site.machine())
            .map(slot -> slot.admission().orElseThrow().value().revision())
            .orElse(0L);
    Map<Long, Revision> found = new HashMap<>();
    LongStream.of(desired, admitted, lastRecord.value().revision())
        .forEach(number -> revision(number).ifPresent(r -> found.put(number, r)));
    return found;
  }

  private Optional<Revision> revision(long number) {
    try {
      return store.revision(key, number);
    } catch (GantryException e) {
      if (isAway(e)) {
        return Optional.empty();
      }
      throw e;
    }
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
