package gantry.bench.speed;

import java.nio.file.Path;
import java.util.Set;

/**
 * How to measure.
 *
 * @param seconds length of one measurement
 * @param warmUpSeconds load before the first measurement of each contender; 0 for none
 * @param connections of the clients at once
 * @param contenders names of those to measure; empty for all
 * @param distribution Gantry's, as built
 */
record Settings(
    int repetitions,
    int seconds,
    int warmUpSeconds,
    int connections,
    int idleConnections,
    Set<String> contenders,
    Path distribution) {
  /** Shows that everything works, and no more than that. */
  static Settings quick(int connections, Set<String> contenders, Path distribution) {
    return new Settings(1, 1, 0, connections, 500, contenders, distribution);
  }

  /** For whoever reads the figures. */
  String inWords() {
    String how =
        "Medians of %d repetitions of %d s after %d s of warm-up, contenders in turn."
            .formatted(repetitions, seconds, warmUpSeconds);
    return warmUpSeconds > 0 ? how : how + " WITHOUT WARM-UP THE FIGURES MEAN NOTHING.";
  }

  /** Copies the names. */
  Settings {
    contenders = Set.copyOf(contenders);
  }
}
