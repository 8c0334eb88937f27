package gantry.cli;

import com.google.inject.Guice;
import com.google.inject.Stage;
import gantry.engine.Gantry;
import gantry.engine.Settings;
import gantry.engine.event.RolloutListener;
import gantry.engine.inject.EngineModule;
import gantry.engine.inject.ExtensionsModule;
import gantry.engine.plugin.PluginHost;

/** The plugins and the engine for one command. */
final class Workplace implements AutoCloseable {
  private final PluginHost plugins;
  private final Gantry gantry;

  private Workplace(PluginHost plugins, Gantry gantry) {
    this.plugins = plugins;
    this.gantry = gantry;
  }

  static Workplace open(
      CommonOptions options, String defaultCoordinator, RolloutListener listener) {
    Settings settings = options.settings(defaultCoordinator);
    PluginHost plugins = PluginHost.load(options.plugins());
    Gantry gantry =
        Guice.createInjector(
                Stage.PRODUCTION,
                new EngineModule(settings, listener),
                ExtensionsModule.of(plugins.extensions()))
            .getInstance(Gantry.class);
    return new Workplace(plugins, gantry);
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
