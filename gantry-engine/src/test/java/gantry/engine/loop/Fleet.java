package gantry.engine.loop;

import gantry.api.container.Image;
import gantry.api.proxy.RouteKind;
import gantry.engine.spec.CheckSpec;
import gantry.engine.spec.ComponentSpec;
import gantry.engine.spec.PortSpec;
import gantry.engine.spec.UpdateSpec;
import gantry.engine.store.ComponentKey;
import gantry.engine.store.MachineRecord;
import gantry.engine.store.Revision;
import gantry.engine.store.RolloutSnapshot;
import gantry.engine.store.RolloutStore;
import gantry.engine.store.Versioned;
import gantry.testkit.ManualClock;
import gantry.testkit.container.InMemoryRegistry;
import gantry.testkit.container.ScriptedImage;
import gantry.testkit.coordination.InMemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Machines that share a coordinator, all in this thread and on one clock. Agents step in an order
 * that the seed decides; time passes only when none of them has anything to do. What must always
 * hold is checked after each step.
 */
final class Fleet {
  static final ComponentKey WEB = new ComponentKey("shop", "web");
  static final int EXTERNAL = 8888;
  static final int CONTAINER = 80;

  /** Far more steps than any of these rollouts needs. */
  private static final int MAX_STEPS = 5_000;

  private static final Duration TICK = Duration.ofMillis(250);

  final ManualClock clock = new ManualClock();
  final InMemoryRegistry registry = new InMemoryRegistry();
  final List<FleetMachine> machines;
  final RolloutStore user;
  final FleetRules rules;
  private final InMemoryStore store = new InMemoryStore(clock);
  private final long seed;
  private final Random random;
  private UpdateSpec update = UpdateSpec.DEFAULT;

  Fleet(long seed, String... names) {
    this.seed = seed;
    this.random = new Random(seed);
    this.user = new RolloutStore(store.connect("user"), clock);
    this.machines =
        Stream.of(names).map(name -> new FleetMachine(name, store, registry, clock)).toList();
    this.rules = new FleetRules(this);
    machines.forEach(FleetMachine::start);
  }

  /** How the next releases go through the machines. */
  Fleet updating(int maxParallel, Duration minHealthy) {
    update = new UpdateSpec(maxParallel, minHealthy);
    return this;
  }

  /** How the next releases go through the machines, and what is left for a rollback. */
  Fleet updating(UpdateSpec next) {
    update = next;
    return this;
  }

  int maxParallel() {
    return update.maxParallel();
  }

  /** What {@code gantryd update} does after a push of this image. */
  Revision release(ScriptedImage content) {
    Image image = registry.publish("shop/web", "latest", content);
    return user.release(WEB, spec(), image, "ann@ops");
  }

  private ComponentSpec spec() {
    return new ComponentSpec(
        "web",
        "shop/web",
        "latest",
        List.of(),
        List.of(new PortSpec(EXTERNAL, CONTAINER, RouteKind.TCP)),
        List.of(new CheckSpec("http", Duration.ofMinutes(1), Map.of("port", CONTAINER))),
        Duration.ofSeconds(10),
        Map.of(),
        update);
  }

  FleetMachine machine(String name) {
    return machines.stream().filter(m -> m.name.equals(name)).findFirst().orElseThrow();
  }

  RolloutSnapshot rollout() {
    return user.snapshot(WEB);
  }

  MachineRecord record(String machine) {
    return user.machine(WEB, machine).map(Versioned::value).orElseThrow();
  }

  /** Lets everything come to rest. */
  void settle() {
    Round round = new Round();
    while (!round.atRest) {
      round.stepAll();
    }
  }

  /** Lets this much time pass, with everything that happens in it. */
  void run(Duration time) {
    Round round = new Round();
    long end = clock.monotonicNanos() + time.toNanos();
    while (clock.monotonicNanos() < end) {
      round.stepAll();
      if (round.atRest) {
        clock.advance(TICK);
      }
    }
  }

  /** Steps until a condition holds. */
  void until(BooleanSupplier condition) {
    Round round = new Round();
    while (!condition.getAsBoolean()) {
      round.stepAll();
      if (round.atRest) {
        clock.advance(TICK);
      }
    }
  }

  private final class Round {
    private int steps;
    private boolean atRest;

    void stepAll() {
      List<FleetMachine> order = new ArrayList<>(machines);
      Collections.shuffle(order, random);
      boolean acted = false;
      boolean quiet = true;
      long wake = Long.MAX_VALUE;
      for (FleetMachine machine : order) {
        if (machine.alive()) {
          Optional<ReconcileLoop.Step> step = step(machine);
          acted |= step.map(ReconcileLoop.Step::again).orElse(true) || machine.woken();
          quiet &= step.map(s -> s.plan().quiet() && !s.troubled()).orElse(false);
          wake = Math.min(wake, step.map(s -> s.plan().wakeNanos()).orElse(Long.MAX_VALUE));
        }
      }
      atRest = !acted && quiet && wake == Long.MAX_VALUE;
      if (!acted && !atRest) {
        pass(wake);
      }
    }

    private Optional<ReconcileLoop.Step> step(FleetMachine machine) {
      Optional<ReconcileLoop.Step> step = machine.step();
      rules.check();
      if (++steps > MAX_STEPS) {
        throw new AssertionError("no rest after " + steps + " steps, seed " + seed + ": " + step);
      }
      return step;
    }

    private void pass(long wake) {
      long planned = wake == Long.MAX_VALUE ? TICK.toNanos() : wake - clock.monotonicNanos();
      clock.advance(Duration.ofNanos(Math.clamp(planned, 1, TICK.toNanos())));
    }
  }
}
