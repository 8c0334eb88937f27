package gantry.plugin.checks;

import gantry.api.Fields;
import gantry.api.check.HealthCheck;
import gantry.api.check.HealthCheckFactory;
import org.pf4j.Extension;

/**
 * The kind {@code https}: downloads a page over HTTPS. Fields: those of {@link
 * HttpHealthCheckFactory}, and {@code verify}, default false: whether the certificate must be one
 * that the Java runtime trusts, and must name {@code host}. Most containers have certificates that
 * they signed themselves, for a name that is not the address of the container.
 */
@Extension
public final class HttpsHealthCheckFactory implements HealthCheckFactory {
  /** Called by the plugin host. */
  public HttpsHealthCheckFactory() {}

  @Override
  public String kind() {
    return "https";
  }

  @Override
  public HealthCheck create(Fields fields) {
    return HttpHealthCheck.read(HttpAddress.https(fields), fields);
  }
}
