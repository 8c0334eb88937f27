package gantry.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How Gantry works on this machine.
 *
 * @param stateDir its state folder
 * @param machine its name in the fleet; {@link MachineId} makes one up
 * @param bind address of the proxy's listeners
 * @param driver kind of the container driver
 * @param coordinator kind of the coordinator
 * @param proxy kind of the proxy
 * @param leaseTtl how long after its death a machine still counts as there
 * @param options settings for plugins, see {@link gantry.api.PluginContext#options()}
 */
public record Settings(
    Path stateDir,
    String machine,
    String bind,
    String driver,
    String coordinator,
    String proxy,
    Duration leaseTtl,
    Map<String, String> options) {
  /** Long enough for a garbage collection or a slow disk, short enough to wait for. */
  public static final Duration DEFAULT_LEASE_TTL = Duration.ofSeconds(10);

  /** Copies the options. */
  public Settings {
    options = Map.copyOf(options);
  }

  /** Docker, etcd and the Netty proxy, on all addresses. */
  public static Settings of(Path stateDir, String machine) {
    return new Settings(
        stateDir, machine, "0.0.0.0", "docker", "etcd", "netty", DEFAULT_LEASE_TTL, Map.of());
  }

  /** With another address for the proxy's listeners. */
  public Settings withBind(String address) {
    return new Settings(stateDir, machine, address, driver, coordinator, proxy, leaseTtl, options);
  }

  /** With another container driver. */
  public Settings withDriver(String kind) {
    return new Settings(stateDir, machine, bind, kind, coordinator, proxy, leaseTtl, options);
  }

  /** With another coordinator. */
  public Settings withCoordinator(String kind) {
    return new Settings(stateDir, machine, bind, driver, kind, proxy, leaseTtl, options);
  }

  /** With another proxy. */
  public Settings withProxy(String kind) {
    return new Settings(stateDir, machine, bind, driver, coordinator, kind, leaseTtl, options);
  }

  /** With another lease. */
  public Settings withLeaseTtl(Duration ttl) {
    return new Settings(stateDir, machine, bind, driver, coordinator, proxy, ttl, options);
  }

  /** With one more plugin option. */
  public Settings withOption(String name, String value) {
    Map<String, String> more = new HashMap<>(options);
    more.put(name, value);
    return new Settings(stateDir, machine, bind, driver, coordinator, proxy, leaseTtl, more);
  }
}
