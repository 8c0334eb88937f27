package gantry.bench.speed;

import gantry.bench.report.Spread;
import gantry.bench.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Shows a summary as a table: one line per contender. */
final class SummaryTable {
  private static final double NOISY = 0.05;
  private static final String NONE = "–";

  private final Summary summary;
  private final List<Metric> metrics;

  private SummaryTable(Summary summary) {
    this.summary = summary;
    this.metrics = summary.workload().load().metrics();
  }

  static Table of(Summary summary, Settings settings) {
    SummaryTable table = new SummaryTable(summary);
    List<List<String>> rows = new ArrayList<>();
    summary.figures().forEach((contender, figures) -> rows.add(table.row(contender, figures)));
    return new Table(summary.workload().title(settings), table.header(), rows, table.notes());
  }

  private List<String> header() {
    List<String> header = new ArrayList<>(List.of("contender"));
    for (Metric metric : metrics) {
      header.add(metric.label());
      header.add("(min–max)");
      if (metric.isCompared()) {
        header.add("ratio");
      }
    }
    return header;
  }

  private List<String> row(String contender, Map<Metric, Spread> figures) {
    List<String> row = new ArrayList<>(List.of(contender));
    for (Metric metric : metrics) {
      Spread spread = figures.get(metric);
      row.add(spread == null ? NONE : metric.show(spread.median()));
      row.add(
          spread == null
              ? ""
              : "(" + metric.number(spread.min()) + "–" + metric.number(spread.max()) + ")");
      if (metric.isCompared()) {
        row.add(summary.ratio(contender, metric).map(SummaryTable::ratio).orElse(NONE));
      }
    }
    return row;
  }

  private static String ratio(double ratio) {
    return String.format(Locale.ROOT, "%.2f", ratio);
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (summary.workload().isBulk()) {
      notes.add("Ratios are against HAProxy's best in each figure: " + references() + ".");
    }
    if (summary.shareOfOthers() > NOISY) {
      notes.add(
          "NOISE: other programs took %.0f%% of the processors' time."
              .formatted(100 * summary.shareOfOthers()));
    }
    summary.concerns().forEach(concern -> notes.add("NOTE: " + concern + "."));
    summary.problems().forEach(problem -> notes.add("FLAGGED: " + problem));
    return notes;
  }

  private String references() {
    return metrics.stream()
        .filter(Metric::isCompared)
        .flatMap(
            metric ->
                summary.reference(metric).stream()
                    .map(reference -> metric.label() + " " + reference.contender()))
        .collect(Collectors.joining(", "));
  }
}
