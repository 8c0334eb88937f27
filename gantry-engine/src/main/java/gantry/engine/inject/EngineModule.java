package gantry.engine.inject;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import gantry.api.Clock;
import gantry.api.PluginContext;
import gantry.api.container.ContainerDriver;
import gantry.api.coordination.Coordinator;
import gantry.api.proxy.Proxy;
import gantry.engine.Gantry;
import gantry.engine.Parts;
import gantry.engine.Settings;
import gantry.engine.StateFolder;
import gantry.engine.config.ConfigReader;
import gantry.engine.event.RolloutListener;
import gantry.engine.plugin.Extensions;

/**
 * Binds {@link Gantry}. Needs the extensions, see {@link ExtensionsModule}. Drivers, coordinators
 * and proxies are made when they are first used, so that a command pays only for what it needs.
 */
public final class EngineModule extends AbstractModule {
  private final Settings settings;
  private final RolloutListener listener;

  /** An engine that tells nobody what happens. */
  public EngineModule(Settings settings) {
    this(settings, RolloutListener.NONE);
  }

  /** An engine that tells the listener what happens. */
  public EngineModule(Settings settings, RolloutListener listener) {
    this.settings = settings;
    this.listener = listener;
  }

  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    binder().disableCircularProxies();
    bind(Settings.class).toInstance(settings);
    bind(RolloutListener.class).toInstance(listener);
    bind(Clock.class).toInstance(Clock.SYSTEM);
  }

  @Provides
  @Singleton
  Gantry gantry(Parts parts, Extensions extensions, RolloutListener rolloutListener) {
    return new Gantry(settings, extensions, parts, rolloutListener);
  }

  @Provides
  @Singleton
  ConfigReader configReader(Extensions extensions) {
    return new ConfigReader(extensions);
  }

  @Provides
  PluginContext pluginContext(Clock clock) {
    return new PluginContext(
        StateFolder.ready(settings.stateDir()), settings.machine(), settings.options(), clock);
  }

  /** Kinds are looked up outside Guice, so that a wrong one is an error in plain words. */
  @Provides
  @Singleton
  Parts parts(Extensions extensions, Provider<PluginContext> context, Clock clock) {
    return new Parts(
        () -> Kinds.find("driver", settings.driver(), extensions.drivers()).create(context.get()),
        () ->
            Kinds.find("coordinator", settings.coordinator(), extensions.coordinators())
                .create(context.get()),
        () -> Kinds.find("proxy", settings.proxy(), extensions.proxies()).create(context.get()),
        clock);
  }

  @Provides
  ContainerDriver driver(Parts parts) {
    return parts.driver();
  }

  @Provides
  Coordinator coordinator(Parts parts) {
    return parts.coordinator();
  }

  @Provides
  Proxy proxy(Parts parts) {
    return parts.proxy();
  }
}
