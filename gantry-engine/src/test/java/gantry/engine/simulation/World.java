package gantry.engine.simulation;

import gantry.engine.store.ComponentKey;
import gantry.engine.store.Revision;
import gantry.engine.store.RolloutStore;
import gantry.testkit.ManualClock;
import gantry.testkit.container.InMemoryEngine;
import gantry.testkit.container.InMemoryRegistry;
import gantry.testkit.coordination.InMemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Machines, users and clients that share one thread and one clock. {@link #tick()} lets one thing
 * happen, which the seed chooses; what is under way in the middle of a call may let others happen
 * before it goes on. The rules are checked after each.
 */
final class World {
  static final ComponentKey WEB = new ComponentKey("shop", "web");

  /** How deep things may happen in the middle of each other. */
  static final int MAX_DEPTH = 3;

  private static final Duration LEAP = Duration.ofSeconds(4);

  final Dice dice;
  final Temper temper;
  final ManualClock clock = new ManualClock();
  final Timers timers = new Timers(clock);
  final InMemoryRegistry registry = new InMemoryRegistry();
  final InMemoryStore store = new InMemoryStore(clock);
  final Trace trace;

  /** Reads what machines share, whatever agents can see of it. */
  final RolloutStore truth = new RolloutStore(store.connect("truth"), clock);

  final Set<Long> everProven = new HashSet<>();
  final Mutant mutant;
  final List<SimMachine> machines;
  final User user;
  final Clients clients;
  final StateRules rules;
  final GivenCuts given;
  final List<InMemoryEngine> engines = new ArrayList<>();
  private final Troubles troubles;
  private boolean calm;
  private int depth;
  private int ticks;
  private @Nullable Life jobOf;
  private long limitNanos = Long.MAX_VALUE;

  World(long seed, Mutant mutant, boolean traced) {
    this(new Dice(seed), Temper::of, mutant, traced);
  }

  World(Dice dice, Function<Dice, Temper> temper, Mutant mutant, boolean traced) {
    this.dice = dice;
    this.temper = temper.apply(dice);
    this.mutant = mutant;
    this.trace = new Trace(clock, traced);
    this.machines =
        IntStream.range(0, this.temper.machines())
            .mapToObj(i -> SimMachine.number(i, this))
            .toList();
    this.user = new User(this);
    this.clients = new Clients(this);
    this.rules = new StateRules(this);
    this.given = new GivenCuts(this);
    this.troubles = new Troubles(this);
    trace.say(this.temper::toString);
    machines.forEach(SimMachine::startAgent);
  }

  /** The revision whose number containers carry that run this one. */
  long content(long revision) {
    return truth.revision(WEB, revision).map(Revision::content).orElse(revision);
  }

  boolean isCalm() {
    return calm;
  }

  int ticks() {
    return ticks;
  }

  /** No fault happens from now on, and what was broken works again. */
  void calmDown() {
    trace.say(() -> "all faults are over");
    calm = true;
    user.calmDown();
    troubles.heal();
  }

  /** One thing happens. */
  void tick() {
    ticks++;
    if (!calm && dice.chance(temper.outage())) {
      troubles.one();
    } else if (!calm && dice.chance(temper.command())) {
      user.command();
    } else if (!calm && dice.chance(0.04)) {
      clients.one();
    } else {
      work();
    }
    rules.check();
  }

  /** Somebody who has something to do does it; if nobody has, time passes. */
  void work() {
    List<Runnable> due = new ArrayList<>();
    machines.stream().filter(SimMachine::due).forEach(machine -> due.add(machine::step));
    if (timers.due()) {
      due.add(timers::runNext);
    }
    if (due.isEmpty()) {
      pass();
    } else {
      dice.any(due).run();
    }
  }

  /** Time passes until something is due, but not beyond what a call that is under way may take. */
  private void pass() {
    long next = timers.nextNanos();
    for (SimMachine machine : machines) {
      next = Math.min(next, machine.nextNanos());
    }
    long now = clock.monotonicNanos();
    advanceTo(Math.clamp(next, now + 1, now + LEAP.toNanos()));
  }

  void advanceTo(long nanos) {
    long until = Math.min(nanos, limitNanos);
    if (until > clock.monotonicNanos()) {
      clock.advance(Duration.ofNanos(until - clock.monotonicNanos()));
      engines.forEach(InMemoryEngine::settle);
    }
  }

  /** Others act while a call is under way, which takes at most this long. */
  void meanwhile(int howOften, Duration time) {
    if (depth >= MAX_DEPTH) {
      return;
    }
    Life outerJob = jobOf;
    long outerLimit = limitNanos;
    jobOf = null;
    limitNanos = Math.min(outerLimit, clock.monotonicNanos() + time.toNanos());
    depth++;
    trace.enter();
    for (int i = 0; i < howOften; i++) {
      tick();
    }
    trace.leave();
    depth--;
    limitNanos = outerLimit;
    jobOf = outerJob;
  }

  /** What a life does beside its loop, now. */
  void runJob(Life life, Runnable job) {
    Life outer = jobOf;
    jobOf = life;
    try {
      job.run();
    } catch (Crash e) {
      trace.say(e::getMessage);
    } finally {
      jobOf = outer;
    }
  }

  boolean inJobOf(Life life) {
    return jobOf == life;
  }

  /** A hint on its way to an agent: it may be lost, late or doubled. */
  void hint(Life life, long revision) {
    if (calm || !dice.chance(temper.hint())) {
      life.wake(revision);
    } else if (dice.chance(0.6)) {
      timers.in(dice.upTo(Duration.ofSeconds(5)), () -> life.wake(revision));
    }
  }
}
