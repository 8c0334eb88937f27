package gantry.cli.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Counts requests. Thread-safe. */
final class Tally {
  private static final int MAX_FAILURES_TOLD = 10;

  private long sent;
  private long failed;
  private Duration slowest = Duration.ZERO;
  private final List<String> failures = new ArrayList<>();

  /** All counts at one moment; {@code failures} tells the first ones. */
  record Counts(long sent, long failed, Duration slowest, List<String> failures) {
    /** Whole and correct answers. */
    long answered() {
      return sent - failed;
    }
  }

  synchronized void answered(Duration took) {
    sent++;
    slowest = took.compareTo(slowest) > 0 ? took : slowest;
  }

  synchronized void failed(String what) {
    sent++;
    failed++;
    if (failures.size() < MAX_FAILURES_TOLD) {
      failures.add(what);
    }
  }

  synchronized Counts counts() {
    return new Counts(sent, failed, slowest, List.copyOf(failures));
  }
}
