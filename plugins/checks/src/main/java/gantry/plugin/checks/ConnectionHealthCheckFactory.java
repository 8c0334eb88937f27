package gantry.plugin.checks;

import gantry.api.Fields;
import gantry.api.check.HealthCheck;
import gantry.api.check.HealthCheckFactory;
import org.pf4j.Extension;

/**
 * The kind {@code connection}: holds when the proxy has no connection to the container. No fields.
 */
@Extension
public final class ConnectionHealthCheckFactory implements HealthCheckFactory {
  /** Called by the plugin host. */
  public ConnectionHealthCheckFactory() {}

  @Override
  public String kind() {
    return "connection";
  }

  @Override
  public HealthCheck create(Fields fields) {
    return new ConnectionHealthCheck();
  }
}
