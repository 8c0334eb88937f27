package gantry.engine.simulation;

import gantry.api.container.ContainerId;
import gantry.api.proxy.BackendStatus;
import gantry.api.proxy.Listener;
import gantry.api.proxy.ProxyStatus;
import gantry.engine.exec.Labels;
import gantry.engine.plan.ContainerView;
import gantry.engine.store.MachineRecord;
import gantry.engine.store.Versioned;
import gantry.testkit.container.InMemoryDriver;
import gantry.testkit.container.InMemoryEngine;
import gantry.testkit.proxy.InMemoryProxy;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A machine whose containers and proxy outlive its agent, which may die and be started again. */
final class SimMachine {
  final String name;
  final World world;
  final InMemoryEngine engine;
  final InMemoryProxy proxy;

  /** Sees what is really there, whatever the agent can see. */
  final InMemoryDriver truth;

  /** Lives that have passed their checks. */
  final Set<String> passed = new HashSet<>();

  /** Revisions of those. */
  final Set<Long> passedRevisions = new HashSet<>();

  /** What came of the watch of those that it switched to. */
  final WatchRule watch = new WatchRule(this);

  /** Containers that an agent that was alive has ended. */
  final Set<ContainerId> endedByAgent = new HashSet<>();

  boolean engineMute;
  boolean proxyMute;
  boolean cut;

  /** Whether its agent will not come back. */
  boolean gone;

  private @Nullable Life life;
  private int lives;

  private SimMachine(String name, World world, InMemoryEngine engine) {
    this.name = name;
    this.world = world;
    this.engine = engine;
    this.truth = new InMemoryDriver(engine);
    this.proxy = new InMemoryProxy(world.clock);
  }

  static SimMachine number(int index, World world) {
    String name = index < 26 ? String.valueOf((char) ('a' + index)) : "m" + index;
    return new SimMachine(name, world, Engines.of(index, world));
  }

  Listener listener() {
    return new Listener("0.0.0.0", User.EXTERNAL);
  }

  void startAgent() {
    if (life == null && !gone) {
      lives++;
      Life started = new Life(this, lives);
      life = started;
      started.begin();
      world.trace.say(() -> name + ": agent " + lives + " starts");
    }
  }

  /** The agent is gone at once. */
  void kill(Life victim) {
    victim.die();
    if (life == victim) {
      life = null;
    }
  }

  Optional<Life> life() {
    return Optional.ofNullable(life);
  }

  boolean due() {
    return life().filter(Life::due).isPresent();
  }

  long nextNanos() {
    return life().map(Life::nextNanos).orElse(Long.MAX_VALUE);
  }

  void step() {
    life().ifPresent(Life::step);
  }

  /** Whether it runs a revision and has nothing left to do. */
  boolean rests(long revision) {
    return life().filter(Life::rests).filter(l -> l.runs(revision)).isPresent();
  }

  /** What it says of itself. */
  MachineRecord record() {
    return world
        .truth
        .machine(World.WEB, name)
        .map(Versioned::value)
        .orElseGet(() -> MachineRecord.none(name));
  }

  /** Its containers of the component, as they are. */
  List<ContainerView> containers() {
    return truth.list(Labels.of(World.WEB, name)).stream()
        .map(status -> new ContainerView(status, Labels.revision(status)))
        .toList();
  }

  Optional<ContainerView> container(ContainerId id) {
    return containers().stream().filter(c -> c.id().equals(id)).findFirst();
  }

  /** What a life answers; empty when it does not. */
  String says(String life) {
    return containers().stream()
        .filter(c -> c.life().equals(life))
        .flatMap(c -> Stream.ofNullable(c.status().endpoints().get(User.CONTAINER)))
        .flatMap(endpoint -> engine.ask(endpoint).stream())
        .map(InMemoryEngine.Answer::text)
        .findFirst()
        .orElse("");
  }

  /** Lives that new connections reach. */
  List<String> primaries() {
    return proxy.status().map(s -> s.routesOf(World.WEB.toString())).orElse(List.of()).stream()
        .flatMap(route -> route.backends().stream())
        .filter(backend -> backend.active())
        .map(backend -> backend.id())
        .distinct()
        .toList();
  }

  /** For how long nothing new was given to a backend; zero when it is not known. */
  Duration draining(String backend) {
    return proxy
        .status()
        .flatMap(status -> status.backend(World.WEB.toString(), backend))
        .flatMap(BackendStatus::draining)
        .orElse(Duration.ZERO);
  }

  long connections(String backend) {
    return proxy.status().map(ProxyStatus::backends).orElse(List.of()).stream()
        .filter(status -> status.id().equals(backend))
        .mapToLong(BackendStatus::connections)
        .sum();
  }
}
