package gantry.bench.speed;

import java.util.Locale;

/** One figure of a contender in a workload. */
enum Metric {
  REQUESTS("requests", "/s", 1, 0, true),
  BYTES("bytes", " GB/s", 1e9, 2, true),
  CPU_PER_REQUEST("CPU/request", " µs", 1e-6, 1, false),
  CPU_PER_GB("CPU/GB", " ms", 1e-3, 0, false),
  P50("p50", " ms", 1e-3, 2, false),
  P99("p99", " ms", 1e-3, 2, false),
  FLOOR("floor", " MB", 1e6, 1, false),
  FRESH("floor before load", " MB", 1e6, 1, false),
  PER_CONNECTION("per connection", " KB", 1e3, 2, false);

  private final String label;
  private final String unit;
  private final double shownUnit;
  private final int digits;
  private final boolean moreIsBetter;

  Metric(String label, String unit, double shownUnit, int digits, boolean moreIsBetter) {
    this.label = label;
    this.unit = unit;
    this.shownUnit = shownUnit;
    this.digits = digits;
    this.moreIsBetter = moreIsBetter;
  }

  String label() {
    return label;
  }

  boolean moreIsBetter() {
    return moreIsBetter;
  }

  /** Whether a ratio to the reference is shown. */
  boolean isCompared() {
    return this != P50 && this != FLOOR && this != FRESH;
  }

  /** The name in the JSON file, whose values are in seconds and bytes. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  String number(double value) {
    return String.format(Locale.ROOT, "%,." + digits + "f", value / shownUnit);
  }

  String show(double value) {
    return number(value) + unit;
  }
}
