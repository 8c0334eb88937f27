package gantry.engine.loop;

import gantry.api.Endpoint;
import gantry.api.container.ContainerDriver;
import gantry.api.container.ContainerId;
import gantry.api.coordination.Coordinator;
import gantry.api.proxy.BackendStatus;
import gantry.api.proxy.Listener;
import gantry.api.proxy.Proxy;
import gantry.api.proxy.ProxyStatus;
import gantry.engine.event.RolloutEvent;
import gantry.engine.exec.Labels;
import gantry.engine.exec.Sessions;
import gantry.engine.exec.Site;
import gantry.engine.plan.ContainerView;
import gantry.testkit.ManualClock;
import gantry.testkit.container.InMemoryDriver;
import gantry.testkit.container.InMemoryEngine;
import gantry.testkit.container.InMemoryRegistry;
import gantry.testkit.coordination.InMemoryCoordinator;
import gantry.testkit.coordination.InMemoryStore;
import gantry.testkit.proxy.HeldConnection;
import gantry.testkit.proxy.InMemoryProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture.AsynchronousCompletionTask;
import org.jspecify.annotations.Nullable;

/**
 * A machine of a {@link Fleet}. Its engine and proxy outlive its agent, which can die and be
 * started again; each life of the agent has its own connection, session and memory.
 */
final class FleetMachine {
  static final Duration LEASE = Duration.ofSeconds(10);
  private static final Listener LISTENER = new Listener("0.0.0.0", Fleet.EXTERNAL);

  final String name;
  final InMemoryEngine engine;
  final InMemoryProxy proxy;
  final List<RolloutEvent> events = new ArrayList<>();
  private final InMemoryDriver driver;
  private final InMemoryStore store;
  private final ManualClock clock;
  private Calls calls = Calls.withoutFault();
  private boolean mute;
  private boolean proxyMute;
  private int lives;
  private boolean stalls;
  private boolean woken;
  private final List<Runnable> stalled = new ArrayList<>();
  private @Nullable InMemoryCoordinator coordinator;
  private @Nullable ReconcileLoop loop;

  FleetMachine(String name, InMemoryStore store, InMemoryRegistry registry, ManualClock clock) {
    this.name = name;
    this.store = store;
    this.clock = clock;
    this.engine = new InMemoryEngine(name, registry, clock);
    this.driver = new InMemoryDriver(engine);
    this.proxy = new InMemoryProxy(clock);
  }

  /** A new agent that knows nothing of the one before. */
  void start() {
    lives++;
    InMemoryCoordinator client = store.connect(name + "#" + lives);
    Site site =
        new Site(
            name,
            "0.0.0.0",
            Path.of("/unused"),
            clock,
            Calls.through(ContainerDriver.class, driver, () -> calls),
            Calls.through(Proxy.class, proxy, () -> calls),
            Calls.through(Coordinator.class, client, () -> calls),
            AnswerCheck.of(engine),
            (key, event) -> events.add(event),
            this::work);
    Sessions sessions = new Sessions(site.coordinator(), clock, LEASE);
    coordinator = client;
    loop = new ReconcileLoop(site, Fleet.WEB, sessions, new Random(lives), () -> woken = true);
  }

  private void work(Runnable job) {
    if (stalls && !(job instanceof AsynchronousCompletionTask)) {
      stalled.add(job);
    } else {
      job.run();
    }
  }

  /** What is begun beside the loop from now on comes no further. */
  void stall() {
    stalls = true;
  }

  /** The oldest of what came no further ends. */
  void goOnWithTheFirst() {
    stalls = false;
    stalled.removeFirst().run();
    stalls = true;
  }

  /** What came no further ends, and nothing stalls any more. */
  void goOn() {
    stalls = false;
    List<Runnable> jobs = List.copyOf(stalled);
    stalled.clear();
    jobs.forEach(Runnable::run);
  }

  /** The agent is gone at once, without a word to anybody. */
  void die() {
    if (coordinator != null) {
      coordinator.die();
    }
    coordinator = null;
    loop = null;
  }

  boolean alive() {
    return loop != null;
  }

  int lives() {
    return lives;
  }

  /** The agent is started anew, and its calls from then on meet this fault. */
  void restartInto(Calls fault) {
    calls = fault;
    die();
    start();
  }

  /** The agent's calls from now on meet this fault. */
  void meet(Calls fault) {
    calls = fault;
  }

  /** The engine does not answer, or answers again. */
  void engineMute(boolean mute) {
    this.mute = mute;
    engine.faults().setUnreachable(mute);
  }

  InMemoryCoordinator coordinator() {
    return Optional.ofNullable(coordinator).orElseThrow();
  }

  /** Whether something has ended since its last step began. */
  boolean woken() {
    return woken;
  }

  /** One step; empty when the agent died in it and was started again. */
  Optional<ReconcileLoop.Step> step() {
    woken = false;
    try {
      return Optional.of(Optional.ofNullable(loop).orElseThrow().step());
    } catch (Calls.Crash e) {
      die();
      start();
      return Optional.empty();
    }
  }

  /** A client of this machine. */
  HeldConnection connect() {
    return proxy.connect(LISTENER);
  }

  /** The proxy does not answer, or answers again. */
  void proxyMute(boolean hangs) {
    proxyMute = hangs;
    proxy.mute(hangs);
  }

  private Optional<ProxyStatus> proxyStatus() {
    proxy.mute(false);
    Optional<ProxyStatus> status = proxy.status();
    proxy.mute(proxyMute);
    return status;
  }

  /** What is really there, whether the engine answers its agent or not. */
  List<ContainerView> containers() {
    engine.faults().setUnreachable(false);
    List<ContainerView> seen = list();
    engine.faults().setUnreachable(mute);
    return seen;
  }

  private List<ContainerView> list() {
    return driver.list(Labels.of(Fleet.WEB, name)).stream()
        .map(status -> new ContainerView(status, Labels.revision(status)))
        .toList();
  }

  /** Revisions of the containers that run. */
  List<Long> running() {
    return containers().stream()
        .filter(c -> c.status().isRunning())
        .map(ContainerView::revision)
        .toList();
  }

  /** Somebody removes a container behind Gantry's back. */
  void lose(long revision) {
    ContainerId id = container(revision);
    driver.kill(id);
    driver.remove(id);
  }

  ContainerId container(long revision) {
    return containers().stream()
        .filter(c -> c.revision() == revision)
        .map(ContainerView::id)
        .findFirst()
        .orElseThrow();
  }

  /** Lives with a connection. */
  List<String> connectedLives() {
    return proxyStatus().map(ProxyStatus::backends).orElse(List.of()).stream()
        .filter(b -> b.connections() > 0)
        .map(BackendStatus::id)
        .toList();
  }

  /** Active backends of all routes. */
  List<String> primaries() {
    return proxyStatus().map(s -> s.routesOf(Fleet.WEB.toString())).orElse(List.of()).stream()
        .flatMap(route -> route.backends().stream())
        .filter(b -> b.active())
        .map(b -> b.id())
        .toList();
  }

  /** Whether a new connection is answered well. */
  boolean serves() {
    List<String> primaries = primaries();
    return !primaries.isEmpty()
        && containers().stream()
            .filter(c -> primaries.contains(c.life()))
            .anyMatch(this::answersWell);
  }

  private boolean answersWell(ContainerView container) {
    Endpoint endpoint = container.status().endpoints().get(Fleet.CONTAINER);
    return endpoint != null
        && engine.ask(endpoint).filter(answer -> answer.status() == 200).isPresent();
  }
}
