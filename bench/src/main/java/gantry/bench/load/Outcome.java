package gantry.bench.load;

import java.util.List;

/**
 * What a client saw.
 *
 * @param units requests, or bytes where there are no requests
 * @param p50Micros median latency of a request in microseconds; 0 where there are no requests
 * @param p99Micros 99th percentile of it
 * @param problems what went wrong; empty when nothing did
 */
public record Outcome(
    double units, double seconds, double p50Micros, double p99Micros, List<String> problems) {
  /** Copies the problems. */
  public Outcome {
    problems = List.copyOf(problems);
  }
}
