package gantry.bench.rollout;

import gantry.api.Clock;
import gantry.api.container.Image;
import gantry.api.coordination.Coordinator;
import gantry.api.proxy.RouteKind;
import gantry.bench.run.BenchException;
import gantry.bench.run.Scratch;
import gantry.bench.run.Waiting;
import gantry.engine.spec.CheckSpec;
import gantry.engine.spec.ComponentSpec;
import gantry.engine.spec.PortSpec;
import gantry.engine.spec.UpdateSpec;
import gantry.engine.store.ComponentKey;
import gantry.engine.store.Phase;
import gantry.engine.store.RolloutStore;
import gantry.testkit.container.InMemoryRegistry;
import gantry.testkit.container.ScriptedImage;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Machines that share an etcd, and the operator who updates them. */
final class BenchFleet implements AutoCloseable {
  private static final ComponentKey WEB = new ComponentKey("bench", "web");
  private static final String REPO = "bench/web";
  private static final String TAG = "latest";
  private static final int STARTING_AT_ONCE = 4;
  private static final Duration EACH_LIMIT = Duration.ofSeconds(2);
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(60);

  private static final ComponentSpec SPEC =
      new ComponentSpec(
          WEB.component(),
          REPO,
          TAG,
          List.of(),
          List.of(new PortSpec(8888, 80, RouteKind.TCP)),
          List.of(new CheckSpec(InstantCheck.KIND, Duration.ofSeconds(5), Map.of())),
          Duration.ofSeconds(30),
          Map.of(),
          UpdateSpec.DEFAULT);

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final Traffic traffic = new Traffic();
  private final Moments moments = new Moments();
  private final List<BenchMachine> machines = new CopyOnWriteArrayList<>();
  private final Coordinator connection;
  private final RolloutStore operator;
  private final Etcd etcd;

  /** One rollout: its turns in order, and all that was counted meanwhile. */
  record Round(
      long releasedNanos, List<Moments.Turn> turns, Traffic.Count traffic, Etcd.Disk disk) {}

  private BenchFleet(Scratch scratch, Etcd etcd) {
    this.etcd = etcd;
    this.connection =
        BenchMachine.coordinator("operator", scratch.makeFolder("operator"), etcd.endpoint());
    this.operator = new RolloutStore(connection, Clock.SYSTEM);
  }

  /** Starts agents and waits until all of them run a first revision. */
  static BenchFleet start(Scratch scratch, Etcd etcd, int agents) {
    BenchFleet fleet = scratch.keep(new BenchFleet(scratch, etcd));
    fleet.startAll(scratch, agents);
    fleet.settle(fleet.release(1));
    return fleet;
  }

  private void startAll(Scratch scratch, int agents) {
    BenchMachine.Shared shared =
        new BenchMachine.Shared(WEB, registry, etcd.endpoint(), traffic, moments);
    for (int i = 1; i <= agents; i++) {
      String name = String.format(Locale.ROOT, "m%04d", i);
      machines.add(BenchMachine.start(name, scratch.makeFolder(name), shared));
      awaitAllBut(STARTING_AT_ONCE);
    }
    awaitAllBut(0);
  }

  /** All at once would want more of the processors than there is. */
  private void awaitAllBut(int starting) {
    int least = machines.size() - starting;
    Waiting.until(SETTLE_LIMIT, least + " agents to start", () -> moments.awake() >= least);
  }

  /** Updates all machines, one at a time, and waits until the last has finished. */
  Round update(int round) {
    Traffic.Count trafficBefore = traffic.now();
    Etcd.Disk diskBefore = etcd.disk();
    moments.forgetFailures();
    long start = System.nanoTime();
    long revision = release(round + 1);
    try {
      Waiting.until(limit(), "the rollout", () -> progressed(revision));
    } catch (BenchException e) {
      throw new BenchException(e.getMessage() + ": " + moments.progress(revision), e);
    }
    Round done =
        new Round(
            start,
            moments.turns(revision),
            traffic.now().since(trafficBefore),
            etcd.disk().since(diskBefore));
    settle(revision);
    return done;
  }

  private Duration limit() {
    return EACH_LIMIT.multipliedBy(machines.size()).plus(SETTLE_LIMIT);
  }

  private boolean progressed(long revision) {
    moments.requireNoFailure();
    return moments.finished(revision) == machines.size();
  }

  private long release(int content) {
    ScriptedImage made = ScriptedImage.serving("content " + content);
    Image image = registry.publish(REPO, TAG, made);
    return operator.release(WEB, SPEC, image, "bench").number();
  }

  /** Everybody serves it, and what served before has ended: nothing goes on any more. */
  private void settle(long revision) {
    Waiting.until(
        limit(),
        "all " + machines.size() + " machines to rest",
        () -> moments.serving(revision) == machines.size() && rests(revision));
  }

  private boolean rests(long revision) {
    return operator.machines(WEB).stream()
            .filter(m -> m.revision() == revision && m.phase() == Phase.READY)
            .filter(m -> m.drains().isEmpty())
            .count()
        == machines.size();
  }

  /** Ends all agents at once; each may take a moment. */
  @Override
  public void close() {
    try (ExecutorService closers = Executors.newVirtualThreadPerTaskExecutor()) {
      machines.forEach(machine -> closers.execute(machine::close));
    }
    connection.close();
  }
}
