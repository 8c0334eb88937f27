package gantry.bench.report;

import java.util.List;

/** Smallest, middle and largest of some values. */
public record Spread(double min, double median, double max) {
  /**
   * Of at least one value. The middle of an even number of values is the mean of the two in the
   * middle.
   */
  public static Spread of(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    return new Spread(sorted.getFirst(), median, sorted.getLast());
  }
}
