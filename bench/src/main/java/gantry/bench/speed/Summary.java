package gantry.bench.speed;

import gantry.bench.peer.Peers;
import gantry.bench.report.Spread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What the samples of one workload come to. */
record Summary(Workload workload, List<Sample> samples) {
  /** Copies the samples. */
  Summary {
    samples = List.copyOf(samples);
  }

  /** Median and spread of each figure, by contender, in the order of their first samples. */
  Map<String, Map<Metric, Spread>> figures() {
    Map<String, Map<Metric, Spread>> figures = new LinkedHashMap<>();
    samples.forEach(sample -> figures.computeIfAbsent(sample.contender(), this::figuresOf));
    return figures;
  }

  private Map<Metric, Spread> figuresOf(String contender) {
    Map<Metric, Spread> figures = new EnumMap<>(Metric.class);
    for (Metric metric : workload.load().metrics()) {
      List<Double> values = values(contender, metric);
      if (!values.isEmpty()) {
        figures.put(metric, Spread.of(values));
      }
    }
    return figures;
  }

  private List<Double> values(String contender, Metric metric) {
    List<Double> values = new ArrayList<>();
    for (Sample sample : samples) {
      Double value = sample.values().get(metric);
      if (sample.contender().equals(contender) && value != null) {
        values.add(value);
      }
    }
    return values;
  }

  /** The best median that any variant of HAProxy reached in that figure. */
  Optional<Reference> reference(Metric metric) {
    Comparator<Reference> better = Comparator.comparingDouble(Reference::value);
    return figures().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(Peers.REFERENCE))
        .filter(entry -> entry.getValue().containsKey(metric))
        .map(entry -> new Reference(entry.getKey(), entry.getValue().get(metric).median()))
        .max(metric.moreIsBetter() ? better : better.reversed());
  }

  /** A contender's median in relation to the reference's. */
  Optional<Double> ratio(String contender, Metric metric) {
    Map<Metric, Spread> figures = figures().getOrDefault(contender, Map.of());
    Spread own = figures.get(metric);
    return own == null
        ? Optional.empty()
        : reference(metric)
            .filter(reference -> reference.value() > 0)
            .map(reference -> own.median() / reference.value());
  }

  /** Bars of a contender, with what it reached; none for others than Gantry. */
  List<Judged> judged(String contender) {
    if (!contender.startsWith("gantry-")) {
      return List.of();
    }
    List<Judged> judged = new ArrayList<>();
    for (Bar bar : workload.bars(contender.endsWith("epoll"))) {
      reached(contender, bar).ifPresent(value -> judged.add(new Judged(bar, value)));
    }
    return judged;
  }

  private Optional<Double> reached(String contender, Bar bar) {
    return bar.relative()
        ? ratio(contender, bar.metric())
        : Optional.ofNullable(figures().getOrDefault(contender, Map.of()).get(bar.metric()))
            .map(Spread::median);
  }

  /** Everything that went wrong, each once. */
  List<String> problems() {
    TreeSet<String> problems = new TreeSet<>();
    for (Sample sample : samples) {
      sample.problems().forEach(problem -> problems.add(sample.contender() + ": " + problem));
    }
    return List.copyOf(problems);
  }

  /** Every doubt that does not make a figure wrong, each once. */
  List<String> concerns() {
    return samples.stream().flatMap(sample -> sample.concern().stream()).distinct().toList();
  }

  /** Median of the share of CPU time that went to programs outside. */
  double shareOfOthers() {
    return samples.isEmpty()
        ? 0
        : Spread.of(samples.stream().map(Sample::shareOfOthers).toList()).median();
  }

  /** Against what a ratio is formed. */
  record Reference(String contender, double value) {}

  /** A bar and the figure or ratio that stands against it. */
  record Judged(Bar bar, double value) {
    String verdict() {
      return bar.verdict(value);
    }
  }
}
