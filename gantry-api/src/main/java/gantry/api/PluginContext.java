package gantry.api;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a factory gets to make a driver, coordinator or proxy for this machine.
 *
 * @param stateDir Gantry's state folder of this machine; exists, mode 0700; a plugin keeps what it
 *     must remember in a subfolder named after its kind
 * @param machine this machine's name, unique in the fleet
 * @param options settings from the command line and the environment, by name: {@code
 *     coordinator.dir}, {@code etcd.endpoints}, {@code etcd.cacert}, {@code etcd.cert}, {@code
 *     etcd.key}, {@code etcd.user}, {@code etcd.password-file}, {@code docker.host}, {@code
 *     docker.addressing}, {@code proxy.command}; never a secret itself; an option that is absent
 *     has the plugin's default
 */
public record PluginContext(
    Path stateDir, String machine, Map<String, String> options, Clock clock) {
  /** Copies the options. */
  public PluginContext {
    options = Map.copyOf(options);
  }

  /** One option, when it was given. */
  public Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name));
  }
}
