package gantry.engine.simulation;

import gantry.engine.simulation.Simulation.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many seeds on all cores, each of them on one thread. */
final class SeedRun {
  private SeedRun() {}

  /** The first failure in the order of the seeds, if there is one; every seed is run. */
  static Optional<Failure> firstFailure(List<Long> seeds)
      throws InterruptedException, ExecutionException {
    int cores = Runtime.getRuntime().availableProcessors();
    try (ExecutorService threads = Executors.newFixedThreadPool(cores)) {
      List<Future<Optional<Failure>>> runs = new ArrayList<>();
      for (long seed : seeds) {
        runs.add(threads.submit(() -> Simulation.real(seed).run()));
      }
      Optional<Failure> first = Optional.empty();
      for (Future<Optional<Failure>> run : runs) {
        Optional<Failure> failure = run.get();
        first = first.isPresent() ? first : failure;
      }
      return first;
    }
  }
}
