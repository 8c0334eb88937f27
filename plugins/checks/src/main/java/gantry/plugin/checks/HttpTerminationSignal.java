package gantry.plugin.checks;

import gantry.api.check.CheckTarget;
import gantry.api.check.TerminationSignal;
import gantry.api.check.Verdict;
import java.time.Duration;
import java.util.Set;

/** Posts to a page of the container; sent when it answers with a status of success. */
record HttpTerminationSignal(HttpAddress address) implements TerminationSignal {
  @Override
  public Verdict send(CheckTarget target, Duration timeout) {
    return HttpCall.post(address).run(target, timeout);
  }

  @Override
  public Set<Integer> containerPorts() {
    return Set.of(address.port());
  }
}
