package gantry.engine.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Every choice of a simulation comes from here, so that its seed repeats it. */
final class Dice {
  private final Random random;

  Dice(long seed) {
    // Neighbouring seeds begin alike; mixing the bits tells them apart.
    this.random = new Random(seed * 0x9E3779B97F4A7C15L ^ seed >>> 17);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** From 0 to below the limit. */
  int below(int limit) {
    return random.nextInt(limit);
  }

  /** From 0 to the longest, in whole milliseconds. */
  Duration upTo(Duration longest) {
    return Duration.ofMillis(random.nextLong(longest.toMillis() + 1));
  }

  Duration seconds(int from, int to) {
    return Duration.ofSeconds(from).plus(upTo(Duration.ofSeconds(to - from)));
  }

  <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  @SafeVarargs
  final <T> T any(T... values) {
    return values[random.nextInt(values.length)];
  }

  /** Another source that this one decides. */
  Random fork() {
    return new Random(random.nextLong());
  }
}
