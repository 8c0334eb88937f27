package gantry.bench.speed;

import gantry.bench.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Shows what Gantry reached of what it has to reach: one line per workload and transport. */
final class BarTable {
  /** A workload has at most a rate, a CPU time and a latency to reach. */
  private static final int BARS = 3;

  private BarTable() {}

  static Table of(List<Summary> summaries) {
    List<List<String>> rows = new ArrayList<>();
    for (Summary summary : summaries) {
      for (String contender : summary.figures().keySet()) {
        List<Summary.Judged> judged = summary.judged(contender);
        if (!judged.isEmpty()) {
          rows.add(row(summary.workload().id() + ", " + contender, judged));
        }
      }
    }
    List<String> header = new ArrayList<>(List.of("workload"));
    for (int i = 0; i < BARS; i++) {
      header.addAll(List.of("reached", "bar", "verdict"));
    }
    List<String> notes =
        List.of("Ratios of medians; idle connections: bytes per connection, and the floor's RSS.");
    return new Table("Gantry in relation to HAProxy", header, rows, notes);
  }

  private static List<String> row(String name, List<Summary.Judged> judged) {
    List<String> row = new ArrayList<>(List.of(name));
    for (Summary.Judged one : judged) {
      row.add(label(one.bar().metric()) + " " + shown(one));
      row.add(one.bar().toString());
      row.add(one.verdict());
    }
    while (row.size() < 1 + 3 * BARS) {
      row.add("");
    }
    return row;
  }

  private static String shown(Summary.Judged judged) {
    return judged.bar().relative()
        ? String.format(Locale.ROOT, "%.2f", judged.value())
        : judged.bar().metric().show(judged.value());
  }

  private static String label(Metric metric) {
    return switch (metric) {
      case REQUESTS, BYTES -> "rate";
      case CPU_PER_REQUEST, CPU_PER_GB -> "CPU";
      case PER_CONNECTION -> "memory";
      case P50, P99, FLOOR, FRESH -> metric.label();
    };
  }
}
