package gantry.bench.speed;

import gantry.bench.report.BarChart;
import gantry.bench.report.ResultFolder;
import gantry.bench.report.Spread;
import gantry.bench.report.Table;
import gantry.bench.run.Machine;
import gantry.proxy.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The files that a run leaves. */
record SpeedReport(Machine machine, Settings settings, List<Summary> summaries) {
  private static final List<String> CHARTED =
      List.of("gantry-io_uring", "gantry-epoll", "nginx", "caddy");

  void write(ResultFolder folder) {
    folder.write("results.json", Json.write(json()) + "\n");
    folder.write("results.md", markdown());
    folder.write("chart.svg", BarChart.file(List.of(chart(true), chart(false))));
  }

  List<Table> tables() {
    List<Table> tables = new ArrayList<>();
    summaries.forEach(summary -> tables.add(SummaryTable.of(summary, settings)));
    tables.add(BarTable.of(summaries));
    return tables;
  }

  private String markdown() {
    String facts =
        machine.facts().entrySet().stream()
            .map(fact -> "- " + fact.getKey() + ": " + fact.getValue())
            .collect(Collectors.joining("\n"));
    return tables().stream()
        .map(Table::toMarkdown)
        .collect(Collectors.joining("\n", facts + "\n\n" + settings.inWords() + "\n\n", ""));
  }

  /** A picture of what the workloads are about, or of what they cost in CPU time or memory. */
  private BarChart chart(boolean first) {
    Map<String, Map<String, Double>> groups = new LinkedHashMap<>();
    for (Summary summary : summaries) {
      List<Metric> metrics = summary.workload().load().metrics();
      boolean isRate = metrics.getFirst().moreIsBetter();
      if (isRate || !first) {
        Metric metric = isRate && !first ? metrics.get(1) : metrics.getFirst();
        groups.put(summary.workload().id(), ratios(summary, metric));
      }
    }
    String title =
        first
            ? "Rate, HAProxy's best = 1.0: longer is better"
            : "CPU time per request or byte (idle: memory), HAProxy's best = 1.0: shorter is better";
    return new BarChart(title, groups, CHARTED);
  }

  private static Map<String, Double> ratios(Summary summary, Metric metric) {
    Map<String, Double> ratios = new LinkedHashMap<>();
    for (String contender : CHARTED) {
      summary.ratio(contender, metric).ifPresent(ratio -> ratios.put(contender, ratio));
    }
    return ratios;
  }

  private Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("machine", machine.facts());
    json.put("repetitions", settings.repetitions());
    json.put("seconds", settings.seconds());
    json.put("warmUpSeconds", settings.warmUpSeconds());
    json.put("connections", settings.connections());
    json.put("idleConnections", settings.idleConnections());
    json.put("workloads", summaries.stream().map(SpeedReport::json).toList());
    return json;
  }

  private static Map<String, Object> json(Summary summary) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", summary.workload().id());
    json.put("shareOfOtherPrograms", summary.shareOfOthers());
    json.put("problems", summary.problems());
    json.put("concerns", summary.concerns());
    Map<String, Object> contenders = new LinkedHashMap<>();
    summary
        .figures()
        .forEach((name, figures) -> contenders.put(name, json(summary, name, figures)));
    json.put("contenders", contenders);
    return json;
  }

  private static Map<String, Object> json(
      Summary summary, String contender, Map<Metric, Spread> figures) {
    Map<String, Object> json = new LinkedHashMap<>();
    figures.forEach(
        (metric, spread) -> {
          Map<String, Object> figure = new LinkedHashMap<>();
          figure.put("median", spread.median());
          figure.put("min", spread.min());
          figure.put("max", spread.max());
          summary.ratio(contender, metric).ifPresent(ratio -> figure.put("ratio", ratio));
          figure.put("samples", samples(summary, contender, metric));
          json.put(metric.key(), figure);
        });
    Map<String, Object> bars = new LinkedHashMap<>();
    summary
        .judged(contender)
        .forEach(
            judged -> bars.put(judged.bar().metric().key(), judged.bar() + " " + judged.verdict()));
    json.put("bars", bars);
    return json;
  }

  private static List<Double> samples(Summary summary, String contender, Metric metric) {
    return summary.samples().stream()
        .filter(sample -> sample.contender().equals(contender))
        .map(sample -> sample.values().getOrDefault(metric, 0.0))
        .toList();
  }
}
