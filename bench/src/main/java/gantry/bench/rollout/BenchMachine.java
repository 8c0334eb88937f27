package gantry.bench.rollout;

import gantry.api.Clock;
import gantry.api.PluginContext;
import gantry.api.coordination.Coordinator;
import gantry.engine.Agent;
import gantry.engine.Gantry;
import gantry.engine.Parts;
import gantry.engine.Settings;
import gantry.engine.plugin.Extensions;
import gantry.engine.store.ComponentKey;
import gantry.plugin.coordinator.etcd.EtcdCoordinatorFactory;
import gantry.testkit.container.InMemoryDriver;
import gantry.testkit.container.InMemoryEngine;
import gantry.testkit.container.InMemoryRegistry;
import gantry.testkit.proxy.InMemoryProxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A machine whose agent is the one of {@code gantryd run}, with an etcd connection and a session of
 * its own. Its container engine and its proxy are in memory and take no time.
 */
final class BenchMachine implements AutoCloseable {
  private final Gantry gantry;
  private final Agent agent;
  private final Thread thread;

  /** What all machines have in common. */
  record Shared(
      ComponentKey key, InMemoryRegistry registry, String etcd, Traffic traffic, Moments moments) {}

  private BenchMachine(Gantry gantry, Agent agent, String name) {
    this.gantry = gantry;
    this.agent = agent;
    this.thread = Thread.ofPlatform().daemon().name("agent-" + name).unstarted(this::run);
  }

  /** Starts its agent, which does what is desired from then on. */
  static BenchMachine start(String name, Path stateDir, Shared shared) {
    InMemoryEngine engine = new InMemoryEngine(name, shared.registry(), Clock.SYSTEM);
    InMemoryProxy proxy = new InMemoryProxy(Clock.SYSTEM);
    Parts parts =
        new Parts(
            () -> new InMemoryDriver(engine),
            () ->
                new CountedCoordinator(
                    coordinator(name, stateDir, shared.etcd()), shared.traffic()),
            proxy::handle,
            Clock.SYSTEM);
    Gantry gantry =
        new Gantry(
            Settings.of(stateDir, name),
            new Extensions(
                Map.of(InstantCheck.KIND, new InstantCheck()),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of()),
            parts,
            (key, event) -> shared.moments().hear(name, event));
    ComponentKey key = shared.key();
    Agent agent = gantry.agent(key.project(), List.of(key.component()), "bench");
    BenchMachine machine = new BenchMachine(gantry, agent, name);
    machine.thread.start();
    return machine;
  }

  /** A connection to etcd of its own. */
  static Coordinator coordinator(String name, Path stateDir, String etcd) {
    return new EtcdCoordinatorFactory()
        .create(new PluginContext(stateDir, name, Map.of("etcd.endpoints", etcd), Clock.SYSTEM));
  }

  private void run() {
    try {
      agent.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends its agent and all its connections. */
  @Override
  public void close() {
    agent.stop();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    gantry.close();
  }
}
