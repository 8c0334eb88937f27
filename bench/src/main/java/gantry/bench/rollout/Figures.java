package gantry.bench.rollout;

import java.util.List;

/** Smallest, middle, ninth of ten, and largest of some times, in milliseconds. */
record Figures(double min, double median, double p90, double max) {
  private static final double NANOS_PER_MILLI = 1e6;

  /** Of at least one time; the value at a share is the smallest that so many do not exceed. */
  static Figures ofNanos(List<Long> nanos) {
    List<Double> sorted = nanos.stream().map(n -> n / NANOS_PER_MILLI).sorted().toList();
    return new Figures(sorted.getFirst(), at(sorted, 0.5), at(sorted, 0.9), sorted.getLast());
  }

  private static double at(List<Double> sorted, double share) {
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }
}
