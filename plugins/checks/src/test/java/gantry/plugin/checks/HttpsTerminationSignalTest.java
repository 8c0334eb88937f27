package gantry.plugin.checks;

import gantry.api.check.TerminationSignalFactory;
import gantry.testkit.check.TerminationSignalFactoryContract;
import java.util.List;
import java.util.Map;

class HttpsTerminationSignalTest extends TerminationSignalFactoryContract {
  @Override
  protected TerminationSignalFactory factory() {
    return new HttpsTerminationSignalFactory();
  }

  @Override
  protected Map<String, ?> goodFields() {
    return Map.of("port", 8443, "path", "/retire", "host", "shop.example", "verify", true);
  }

  @Override
  protected List<String> requiredFields() {
    return List.of("port");
  }
}
