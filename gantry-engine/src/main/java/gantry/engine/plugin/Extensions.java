package gantry.engine.plugin;

import gantry.api.check.HealthCheckFactory;
import gantry.api.check.TerminationSignalFactory;
import gantry.api.container.ContainerDriverFactory;
import gantry.api.coordination.CoordinatorFactory;
import gantry.api.proxy.ProxyFactory;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every extension that is available, by kind and in the order of kinds. Built by the plugin host,
 * or by an embedder from Guice bindings.
 */
public record Extensions(
    Map<String, HealthCheckFactory> checks,
    Map<String, TerminationSignalFactory> signals,
    Map<String, ContainerDriverFactory> drivers,
    Map<String, CoordinatorFactory> coordinators,
    Map<String, ProxyFactory> proxies) {
  /** Sorts by kind. */
  public Extensions {
    checks = new TreeMap<>(checks);
    signals = new TreeMap<>(signals);
    drivers = new TreeMap<>(drivers);
    coordinators = new TreeMap<>(coordinators);
    proxies = new TreeMap<>(proxies);
  }
}
