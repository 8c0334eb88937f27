package gantry.plugin.driver.docker;

import gantry.api.PluginContext;
import gantry.api.container.ContainerDriver;
import gantry.api.container.ContainerDriverFactory;
import org.pf4j.Extension;

/**
 * Adds the driver kind {@code docker}. Options: {@code docker.host} ({@code unix:///PATH} or {@code
 * tcp://HOST:PORT}, default {@code unix:///var/run/docker.sock}), {@code docker.addressing} ({@code
 * auto}, {@code direct} or {@code published}), {@code docker.config} (the folder of {@code
 * config.json} with registry credentials; default {@code $DOCKER_CONFIG}, else {@code ~/.docker}).
 */
@Extension
public final class DockerDriverFactory implements ContainerDriverFactory {
  static final String KIND = "docker";

  /** Called by the plugin host. */
  public DockerDriverFactory() {}

  @Override
  public String kind() {
    return KIND;
  }

  /**
   * Makes a driver without reaching for the engine.
   *
   * @throws gantry.api.GantryException {@code BAD_CONFIGURATION} if an option's value is not one of
   *     those above
   */
  @Override
  public ContainerDriver create(PluginContext context) {
    return DockerDriver.create(context, Limits.DEFAULT);
  }
}
