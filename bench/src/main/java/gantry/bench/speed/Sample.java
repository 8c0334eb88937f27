package gantry.bench.speed;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One measurement.
 *
 * @param values in seconds, bytes and their quotients
 * @param problems why it does not count as it should; empty when it does
 * @param concern why it may not be what the contender's name says; empty when it is
 * @param shareOfOthers part of the machine's CPU time that programs outside took, 0 to 1
 */
record Sample(
    String contender,
    Map<Metric, Double> values,
    List<String> problems,
    Optional<String> concern,
    double shareOfOthers) {
  /** Copies both. */
  Sample {
    values = Map.copyOf(values);
    problems = List.copyOf(problems);
  }

  /** For the log that is shown while it runs. */
  String line(List<Metric> metrics) {
    StringBuilder line = new StringBuilder("%-20s".formatted(contender));
    for (Metric metric : metrics) {
      Double value = values.get(metric);
      if (value != null) {
        line.append("  ").append(metric.label()).append(' ').append(metric.show(value));
      }
    }
    concern.ifPresent(text -> line.append("  ! ").append(text));
    problems.forEach(problem -> line.append("  !! ").append(problem));
    return line.toString();
  }
}
