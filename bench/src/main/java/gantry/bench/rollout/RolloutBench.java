package gantry.bench.rollout;

import gantry.bench.run.Scratch;
import java.util.ArrayList;
import java.util.List;

/** Starts an etcd and a fleet, and updates it several times. */
final class RolloutBench {
  private final int agents;
  private final int rounds;
  private final boolean safe;

  /**
   * A benchmark that has not run yet.
   *
   * @param safe whether etcd waits for its disk
   */
  RolloutBench(int agents, int rounds, boolean safe) {
    this.agents = agents;
    this.rounds = rounds;
    this.safe = safe;
  }

  /** Runs it. What it started in the scratch folder ends with that. */
  RolloutReport run(Scratch scratch) {
    Etcd etcd = Etcd.start(scratch, safe);
    Burden before = Burden.now();
    BenchFleet fleet = BenchFleet.start(scratch, etcd, agents);
    List<BenchFleet.Round> done = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      done.add(fleet.update(round));
    }
    RolloutReport report = new RolloutReport(agents, safe, done, before, Burden.now());
    scratch.end(fleet);
    return report;
  }
}
