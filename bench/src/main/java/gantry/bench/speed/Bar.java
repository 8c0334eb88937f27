package gantry.bench.speed;

import java.util.Locale;

/**
 * What a figure has to reach.
 *
 * @param relative whether it is about the ratio to the reference; else about the figure itself
 * @param limit at least that when more is better, at most that otherwise
 */
record Bar(Metric metric, boolean relative, double limit) {
  static Bar ratio(Metric metric, double limit) {
    return new Bar(metric, true, limit);
  }

  static Bar value(Metric metric, double limit) {
    return new Bar(metric, false, limit);
  }

  boolean isMet(double value) {
    return metric.moreIsBetter() ? value >= limit : value <= limit;
  }

  /** {@code met}, or by how much of the limit it was missed. */
  String verdict(double value) {
    if (isMet(value)) {
      return "met";
    }
    double missedPercent = 100 * Math.abs(value - limit) / limit;
    return String.format(Locale.ROOT, "missed by %.1f%%", missedPercent);
  }

  @Override
  public String toString() {
    String shown = relative ? String.format(Locale.ROOT, "%.2f", limit) : metric.show(limit);
    return (metric.moreIsBetter() ? "≥ " : "≤ ") + shown;
  }
}
