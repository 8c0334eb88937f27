package gantry.cli;

import com.google.inject.Guice;
import com.google.inject.Stage;
import gantry.api.PluginContext;
import gantry.api.coordination.Coordinator;
import gantry.api.coordination.CoordinatorFactory;
import gantry.engine.Gantry;
import gantry.engine.Settings;
import gantry.engine.event.RolloutListener;
import gantry.engine.inject.EngineModule;
import gantry.engine.inject.ExtensionsModule;
import gantry.engine.plugin.Extensions;
import gantry.engine.plugin.PluginHost;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The plugins and the engine for one command. */
final class Workplace implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final PluginHost plugins;
  private final Gantry gantry;

  private Workplace(PluginHost plugins, Gantry gantry) {
    this.plugins = plugins;
    this.gantry = gantry;
  }

  /**
   * Loads the plugins; what a command does not use of them is not made.
   *
   * @param err where it is told that the coordinator's first answer takes long
   */
  static Workplace open(
      CommonOptions options, String defaultCoordinator, RolloutListener listener, PrintWriter err) {
    Settings settings = options.settings(defaultCoordinator);
    PluginHost plugins = PluginHost.load(options.plugins());
    Gantry gantry =
        Guice.createInjector(
                Stage.PRODUCTION,
                new EngineModule(settings, listener),
                ExtensionsModule.of(aloud(plugins.extensions(), options, err)))
            .getInstance(Gantry.class);
    return new Workplace(plugins, gantry);
  }

  private static Extensions aloud(Extensions found, CommonOptions options, PrintWriter err) {
    Map<String, CoordinatorFactory> coordinators = new HashMap<>(found.coordinators());
    coordinators.computeIfPresent(
        "etcd",
        (kind, factory) ->
            new Aloud(
                factory,
                () -> err.println("waiting for an answer of etcd at " + options.etcd.endpoints())));
    return new Extensions(
        found.checks(), found.signals(), found.drivers(), coordinators, found.proxies());
  }

  /**
   * Makes the coordinator of a plugin, with somebody who tells that its first answer is awaited.
   */
  private record Aloud(CoordinatorFactory factory, Runnable tell) implements CoordinatorFactory {
    @Override
    public String kind() {
      return factory.kind();
    }

    @Override
    public Coordinator create(PluginContext context) {
      return new FirstAnswer(factory.create(context), PATIENCE, tell);
    }
  }

  Gantry gantry() {
    return gantry;
  }

  @Override
  public void close() {
    gantry.close();
    plugins.close();
  }
}
