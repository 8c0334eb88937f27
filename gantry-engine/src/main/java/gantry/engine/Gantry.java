package gantry.engine;

import gantry.api.Clock;
import gantry.api.proxy.Proxy;
import gantry.engine.config.Checks;
import gantry.engine.config.ConfigReader;
import gantry.engine.event.RolloutListener;
import gantry.engine.exec.Sessions;
import gantry.engine.exec.Site;
import gantry.engine.plugin.Extensions;
import gantry.engine.store.RolloutStore;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Gantry in this process: {@link #project} steers a project on all machines, {@link #machine} does
 * this machine's own part, {@link #agent} does it for as long as it runs. Thread-safe. Closing it
 * ends nothing but this process's own connections: containers and proxy go on.
 */
public final class Gantry implements AutoCloseable {
  private final Settings settings;
  private final Extensions extensions;
  private final Parts parts;
  private final RolloutListener listener;
  private final ExecutorService jobs = Executors.newVirtualThreadPerTaskExecutor();
  private @Nullable Sessions sessions;

  /** Made by Guice, see {@link gantry.engine.inject.EngineModule}. */
  public Gantry(Settings settings, Extensions extensions, Parts parts, RolloutListener listener) {
    this.settings = settings;
    this.extensions = extensions;
    this.parts = parts;
    this.listener = listener;
  }

  /** How Gantry works here. */
  public Settings settings() {
    return settings;
  }

  /** Reads configurations with the check kinds that are available here. */
  public ConfigReader configReader() {
    return new ConfigReader(extensions);
  }

  /** A project on all machines that share the coordinator. */
  public Project project(String name) {
    StateFolder.ready(settings.stateDir());
    RolloutStore store = new RolloutStore(parts.coordinator(), parts.clock());
    return new Project(name, store, configReader(), parts);
  }

  /** The handle to this machine's proxy. */
  public Proxy proxy() {
    StateFolder.ready(settings.stateDir());
    return parts.proxy();
  }

  /** This machine. */
  public Machine machine(String project) {
    return new Machine(project, site(), sessions());
  }

  /** An agent for some components of a project, not running yet. */
  public Agent agent(String project, List<String> components, String version) {
    return new Agent(new Agent.Identity(project, components, version), site(), sessions());
  }

  private Site site() {
    return new Site(
        settings.machine(),
        settings.bind(),
        StateFolder.ready(settings.stateDir()),
        parts.clock(),
        parts.driver(),
        parts.proxy(),
        parts.coordinator(),
        new Checks(extensions),
        listener,
        jobs);
  }

  private synchronized Sessions sessions() {
    if (sessions == null) {
      Clock clock = parts.clock();
      sessions = new Sessions(parts.coordinator(), clock, settings.leaseTtl());
    }
    return sessions;
  }

  @Override
  public synchronized void close() {
    jobs.shutdownNow();
    if (sessions != null) {
      sessions.close();
    }
    parts.close();
  }
}
