package gantry.plugin.checks;

import gantry.api.Fields;
import gantry.api.check.HealthCheck;
import gantry.api.check.HealthCheckFactory;
import org.pf4j.Extension;

/**
 * The kind {@code tcp}: establishes a connection. Field: {@code port}, required. It proves that
 * somebody accepts; where a container is reached through a published port, that may be the
 * forwarder of the engine and not the container, so that {@code http} says more.
 */
@Extension
public final class TcpHealthCheckFactory implements HealthCheckFactory {
  /** Called by the plugin host. */
  public TcpHealthCheckFactory() {}

  @Override
  public String kind() {
    return "tcp";
  }

  @Override
  public HealthCheck create(Fields fields) {
    return new TcpHealthCheck(fields.requiredInteger("port", 1, 65535));
  }
}
