package gantry.plugin.checks;

import gantry.api.Fields;
import gantry.api.check.CheckTarget;
import gantry.api.check.HealthCheck;
import gantry.api.check.Verdict;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** Healthy when a page can be downloaded with the expected status. */
record HttpHealthCheck(HttpAddress address, int expected) implements HealthCheck {
  /** Reads {@code expect}; the address has been read by the caller. */
  static HttpHealthCheck read(HttpAddress address, Fields fields) {
    return new HttpHealthCheck(address, fields.integer("expect", 100, 599, 200));
  }

  @Override
  public Verdict check(CheckTarget target, Duration timeout) {
    return HttpCall.get(address, expected).run(target, timeout);
  }

  @Override
  public String describe(CheckTarget target) {
    String protocol = address.scheme().toUpperCase(Locale.ROOT);
    return "Checking " + protocol + " address: " + address.briefUrl(target);
  }

  @Override
  public Set<Integer> containerPorts() {
    return Set.of(address.port());
  }
}
