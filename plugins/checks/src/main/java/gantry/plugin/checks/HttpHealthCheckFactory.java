package gantry.plugin.checks;

import gantry.api.Fields;
import gantry.api.check.HealthCheck;
import gantry.api.check.HealthCheckFactory;
import org.pf4j.Extension;

/**
 * The kind {@code http}: downloads a page over HTTP. Fields: {@code port}, required; {@code path},
 * default {@code /}; {@code expect}, the status, default 200; {@code host}, the name to ask for,
 * default the address of the container. At most 1 MiB of the page is read.
 */
@Extension
public final class HttpHealthCheckFactory implements HealthCheckFactory {
  /** Called by the plugin host. */
  public HttpHealthCheckFactory() {}

  @Override
  public String kind() {
    return "http";
  }

  @Override
  public HealthCheck create(Fields fields) {
    return HttpHealthCheck.read(HttpAddress.http(fields), fields);
  }
}
