package gantry.engine.simulation;

import gantry.api.Subscription;
import gantry.api.container.ContainerDriver;
import gantry.api.container.ContainerId;
import gantry.api.coordination.Coordinator;
import gantry.api.proxy.Proxy;
import gantry.engine.event.RolloutListener;
import gantry.engine.exec.Labels;
import gantry.engine.exec.Sessions;
import gantry.engine.exec.Site;
import gantry.engine.loop.ReconcileLoop;
import gantry.engine.loop.RolloutHints;
import gantry.engine.plan.Focus;
import gantry.engine.plan.Observation;
import gantry.engine.plan.Plan;
import gantry.engine.store.DesiredStatus;
import gantry.testkit.coordination.InMemoryCoordinator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One life of a machine's agent: the real loop, with everything that it reaches behind a {@link
 * Gate}. Steps when it was woken or has rested long enough, as its runner would.
 */
final class Life {
  static final Duration LEASE = Duration.ofSeconds(10);
  final SimMachine machine;
  final String name;

  /** Sessions that it opened. */
  final Set<String> sessions = new HashSet<>();

  private final Set<ContainerId> killable = new HashSet<>();
  private final World world;
  private final InMemoryCoordinator client;
  private final ReconcileLoop loop;
  private final Site site;
  private final RolloutHints hints;
  private final List<Subscription> subscriptions = new ArrayList<>();
  private @Nullable Observation seen;
  private ReconcileLoop.@Nullable Step last;
  private boolean dead;
  private long resyncOperations;
  private boolean stepping;

  /** Newest store revision that a hint was about, as its runner counts them. */
  private long hinted = Coordinator.UNKNOWN;

  private long seenRevision;
  private long lookNanos;
  private long frozenUntilNanos;

  Life(SimMachine machine, int number) {
    this.machine = machine;
    this.world = machine.world;
    this.name = machine.name + "#" + number;
    this.client = world.store.connect(name);
    Gate gate = new Gate(this);
    Mutant mutant = world.mutant;
    this.site =
        new Site(
            machine.name,
            "0.0.0.0",
            Path.of("/unused"),
            world.clock,
            mutant.driver(gate.before(ContainerDriver.class, machine.truth), machine),
            mutant.proxy(gate.before(Proxy.class, machine.proxy.handle()), machine),
            mutant.coordinator(gate.before(Coordinator.class, client), machine),
            Answers.checks(machine),
            RolloutListener.NONE,
            new SimJobs(this));
    this.hints = new RolloutHints(site, World.WEB, revision -> world.hint(this, revision));
    this.loop =
        new ReconcileLoop(
            site,
            World.WEB,
            new Sessions(site.coordinator(), world.clock, LEASE),
            world.dice.fork(),
            this::wake,
            this::plan);
  }

  /** Watches what its runner would watch. */
  void begin() {
    setCut();
    hints.follow(Focus.NONE, 0);
    subscriptions.add(
        site.driver()
            .watch(
                Labels.of(World.WEB, machine.name), () -> world.hint(this, Coordinator.UNKNOWN)));
    subscriptions.add(site.proxy().watch(() -> world.hint(this, Coordinator.UNKNOWN)));
  }

  private Plan plan(Observation o) {
    seen = o;
    noteKills(o);
    Plan plan = world.mutant.plan(o);
    if (!plan.actions().isEmpty()) {
      world.trace.say(() -> name + " plans " + Words.of(plan));
    }
    return plan;
  }

  private void noteKills(Observation o) {
    o.rollout()
        .desired()
        .filter(d -> d.value().status() == DesiredStatus.KILLED)
        .ifPresent(d -> o.containers().forEach(c -> killable.add(c.id())));
  }

  /** Whether it has seen that this container was to end at once. */
  boolean mayKill(ContainerId id) {
    return killable.contains(id);
  }

  /** What its last plan was made from. */
  Optional<Observation> seen() {
    return Optional.ofNullable(seen);
  }

  /** Counts what goes to the coordinator and comes from it. */
  InMemoryCoordinator client() {
    return client;
  }

  /** Those of its calls that nothing but the time brought about: hints may be lost. */
  long resyncOperations() {
    return resyncOperations;
  }

  boolean isDead() {
    return dead;
  }

  void wake() {
    wake(Coordinator.UNKNOWN);
  }

  void wake(long revision) {
    hinted = Math.max(hinted, revision);
  }

  private boolean woken() {
    return hinted > seenRevision;
  }

  boolean due() {
    long now = world.clock.monotonicNanos();
    return !stepping && now >= frozenUntilNanos && (woken() || now >= lookNanos);
  }

  long nextNanos() {
    return stepping ? Long.MAX_VALUE : Math.max(frozenUntilNanos, woken() ? 0 : lookNanos);
  }

  /** Nothing is under way and nothing is waited for. */
  boolean rests() {
    ReconcileLoop.Step step = last;
    return !woken()
        && step != null
        && step.plan().quiet()
        && !step.troubled()
        && step.plan().wakeNanos() == Long.MAX_VALUE
        && step.plan().report().drains().isEmpty();
  }

  /** Whether it says that it runs a revision, and nothing else of it is there. */
  boolean runs(long revision) {
    return seen()
        .filter(o -> o.record().revision() == revision && o.containers().size() == 1)
        .isPresent();
  }

  String report() {
    return last == null ? "has not looked yet" : last.plan().toString();
  }

  /** One step of the real loop. */
  void step() {
    stepping = true;
    boolean resync = !woken();
    long before = client.operations();
    hinted = 0;
    try {
      ReconcileLoop.Step step = loop.step();
      last = step;
      boolean unsure = hints.follow(step.plan().focus(), step.revision());
      seenRevision = step.revision();
      if (step.again() || unsure) {
        wake();
      }
      long now = world.clock.monotonicNanos();
      lookNanos = now + step.rest(now).toNanos();
    } catch (Crash e) {
      world.trace.say(() -> name + ": " + e.getMessage());
    } finally {
      resyncOperations += resync ? client.operations() - before : 0;
      stepping = false;
    }
  }

  /** The process is gone, without a word to anybody. */
  void die() {
    dead = true;
    client.die();
    hints.close();
    subscriptions.forEach(Subscription::close);
  }

  /** The process stands still: nothing is done and no lease is renewed. */
  void freeze(Duration time) {
    frozenUntilNanos = world.clock.monotonicNanos() + time.toNanos();
    setCut();
    world.timers.in(time, this::setCut);
  }

  void thaw() {
    frozenUntilNanos = 0;
    setCut();
  }

  /** How long it still stands still; zero or less when it does not. */
  Duration frozenFor() {
    return Duration.ofNanos(frozenUntilNanos - world.clock.monotonicNanos());
  }

  /** Makes the client as reachable as it is to be. */
  void setCut() {
    boolean frozen = world.clock.monotonicNanos() < frozenUntilNanos;
    client.setPartitioned(frozen || machine.cut);
  }
}
