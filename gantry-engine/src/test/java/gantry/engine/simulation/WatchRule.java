package gantry.engine.simulation;

import gantry.engine.plan.ContainerView;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A machine says that an update succeeded only after it has watched it, and only if it went well.
 */
final class WatchRule {
  /** An agent may not know of the last round yet, and asks again after the one before. */
  private static final int FAILED_ROUNDS = 2;

  private final SimMachine machine;
  private final Map<String, Long> primarySince = new HashMap<>();
  private final Map<String, Integer> failedRounds = new HashMap<>();

  WatchRule(SimMachine machine) {
    this.machine = machine;
  }

  /** Notes since when which life gets the traffic; a proxy that is away keeps its routes. */
  void look() {
    if (machine.proxy.isRunning()) {
      List<String> primaries = machine.primaries();
      primarySince.keySet().retainAll(primaries);
      long now = machine.world.clock.monotonicNanos();
      primaries.forEach(life -> primarySince.putIfAbsent(life, now));
    }
  }

  /** A round of checks has ended. */
  void checked(String life, boolean held) {
    if (held) {
      failedRounds.remove(life);
    } else {
      failedRounds.merge(life, 1, Integer::sum);
    }
  }

  /** It says that a revision succeeded. */
  void finished(long revision) {
    Duration minHealthy = machine.world.temper.minHealthy();
    Optional<String> life =
        machine.containers().stream()
            .filter(c -> c.revision() == revision)
            .map(ContainerView::life)
            .findFirst();
    if (minHealthy.isZero() || life.isEmpty()) {
      return;
    }
    Long since = primarySince.get(life.get());
    if (since != null && machine.world.clock.since(since).compareTo(minHealthy) < 0) {
      throw new Violation("an update succeeds only after its watch", machine.name + " " + life);
    }
    if (failedRounds.getOrDefault(life.get(), 0) >= FAILED_ROUNDS) {
      throw new Violation("what fails its checks does not succeed", machine.name + " " + life);
    }
  }
}
