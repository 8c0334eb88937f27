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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Looks at everything once, at the coordinator, the engine and the proxy side by side: what this
 * machine does to them is done before it looks, and what others wish does not depend on what runs
 * here. What does not answer is said to be unseen; nothing is made up from it. The coordinator
 * alone is remembered: while it is away its last word stands.
 */
final class Observer {
  private final Site site;
  private final ComponentKey key;
  private final SharedReader reader;
  private final Sessions sessions;
  private final Patience<Shared> coordinator;
  private final Patience<Lease> leases;
  private Shared last;
  private long revision;

  /**
   * An observer that has seen nothing yet.
   *
   * @param late called when the coordinator answered after all, so that looking again is worth
   *     while
   */
  Observer(Site site, ComponentKey key, Sessions sessions, Runnable late) {
    this.site = site;
    this.key = key;
    this.reader = new SharedReader(site, key);
    this.sessions = sessions;
    this.coordinator = new Patience<>(site.jobs(), late);
    this.leases = new Patience<>(site.jobs(), late);
    this.last = Shared.nothing(site.machine());
  }

  /**
   * What this machine wrote itself is newer than what it read. Whoever does not know what their
   * last word was knows as little as one that has just started.
   */
  void apply(Effect effect) {
    switch (effect) {
      case Effect.Recorded written -> last = last.with(written.record());
      case Effect.RecordUnknown unknown -> last = Shared.nothing(site.machine());
      default -> {}
    }
  }

  Observation observe(LoopMemory memory) {
    CompletableFuture<EngineView> engines =
        CompletableFuture.supplyAsync(this::engine, site.jobs());
    CompletableFuture<ProxyView> proxies = CompletableFuture.supplyAsync(this::proxy, site.jobs());
    boolean connected = readCoordinator(lease());
    EngineView engine = Answered.by(engines);
    ProxyView proxy = Answered.by(proxies);
    revision = connected ? last.revision() : 0;
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

  /** Store revision that the last observation has seen at least; 0 when it has seen none. */
  long revision() {
    return revision;
  }

  private Lease lease() {
    return leases.ask(sessions::lease).orElse(Lease.NONE);
  }

  private boolean readCoordinator(Lease lease) {
    try {
      Optional<Shared> read = coordinator.ask(() -> reader.read(lease));
      read.ifPresent(known -> last = known);
      return read.isPresent();
    } catch (GantryException e) {
      if (e.code() == ErrorCode.COORDINATOR_UNREACHABLE || e.code() == ErrorCode.OUTCOME_UNKNOWN) {
        return false;
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
