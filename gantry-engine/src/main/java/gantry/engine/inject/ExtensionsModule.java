package gantry.engine.inject;

import com.google.inject.AbstractModule;
import gantry.api.check.HealthCheckFactory;
import gantry.api.check.TerminationSignalFactory;
import gantry.api.container.ContainerDriverFactory;
import gantry.api.coordination.CoordinatorFactory;
import gantry.api.proxy.ProxyFactory;
import gantry.engine.plugin.Extensions;
import java.util.Map;
import java.util.TreeMap;
import org.pf4j.ExtensionPoint;

/** Binds the extensions that the engine may use. */
public final class ExtensionsModule extends AbstractModule {
  private final Extensions extensions;

  private ExtensionsModule(Extensions extensions) {
    this.extensions = extensions;
  }

  /** Those that the plugin host has loaded. */
  public static ExtensionsModule of(Extensions extensions) {
    return new ExtensionsModule(extensions);
  }

  /**
   * Those that a program names itself, without plugins.
   *
   * @throws IllegalArgumentException if one is of no known type or a kind comes twice
   */
  public static ExtensionsModule of(ExtensionPoint... factories) {
    Map<String, HealthCheckFactory> checks = new TreeMap<>();
    Map<String, TerminationSignalFactory> signals = new TreeMap<>();
    Map<String, ContainerDriverFactory> drivers = new TreeMap<>();
    Map<String, CoordinatorFactory> coordinators = new TreeMap<>();
    Map<String, ProxyFactory> proxies = new TreeMap<>();
    for (ExtensionPoint factory : factories) {
      switch (factory) {
        case HealthCheckFactory f -> put(checks, f.kind(), f);
        case TerminationSignalFactory f -> put(signals, f.kind(), f);
        case ContainerDriverFactory f -> put(drivers, f.kind(), f);
        case CoordinatorFactory f -> put(coordinators, f.kind(), f);
        case ProxyFactory f -> put(proxies, f.kind(), f);
        default -> throw new IllegalArgumentException("not an extension: " + factory.getClass());
      }
    }
    return of(new Extensions(checks, signals, drivers, coordinators, proxies));
  }

  private static <T> void put(Map<String, T> byKind, String kind, T factory) {
    if (byKind.putIfAbsent(kind, factory) != null) {
      throw new IllegalArgumentException("kind '" + kind + "' comes twice");
    }
  }

  @Override
  protected void configure() {
    bind(Extensions.class).toInstance(extensions);
  }
}
