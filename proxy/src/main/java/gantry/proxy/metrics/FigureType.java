package gantry.proxy.metrics;

/** What the figures of a family are. */
public enum FigureType {
  /** Only grows, until the process ends. */
  COUNTER("counter"),
  /** Goes up and down. */
  GAUGE("gauge"),
  /** Counts by size, in buckets that include all smaller ones. */
  HISTOGRAM("histogram");

  private final String word;

  FigureType(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }
}
