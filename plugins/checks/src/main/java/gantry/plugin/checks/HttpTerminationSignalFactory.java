package gantry.plugin.checks;

import gantry.api.Fields;
import gantry.api.check.TerminationSignal;
import gantry.api.check.TerminationSignalFactory;
import org.pf4j.Extension;

/**
 * The kind {@code http}: posts an empty body to a page of the container, which must answer with a
 * status from 200 to 299. Fields: {@code port}, required; {@code path}, default {@code /}; {@code
 * host}, the name to ask for, default the address of the container.
 */
@Extension
public final class HttpTerminationSignalFactory implements TerminationSignalFactory {
  /** Called by the plugin host. */
  public HttpTerminationSignalFactory() {}

  @Override
  public String kind() {
    return "http";
  }

  @Override
  public TerminationSignal create(Fields fields) {
    return new HttpTerminationSignal(HttpAddress.http(fields));
  }
}
