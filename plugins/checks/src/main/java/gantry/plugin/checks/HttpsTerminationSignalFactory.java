package gantry.plugin.checks;

import gantry.api.Fields;
import gantry.api.check.TerminationSignal;
import gantry.api.check.TerminationSignalFactory;
import org.pf4j.Extension;

/**
 * The kind {@code https}: like {@link HttpTerminationSignalFactory}, over HTTPS. One more field:
 * {@code verify}, as for {@link HttpsHealthCheckFactory}.
 */
@Extension
public final class HttpsTerminationSignalFactory implements TerminationSignalFactory {
  /** Called by the plugin host. */
  public HttpsTerminationSignalFactory() {}

  @Override
  public String kind() {
    return "https";
  }

  @Override
  public TerminationSignal create(Fields fields) {
    return new HttpTerminationSignal(HttpAddress.https(fields));
  }
}
