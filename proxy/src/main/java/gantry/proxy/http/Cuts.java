package gantry.proxy.http;

import gantry.proxy.io.Memory;
import java.util.Arrays;

/** Ranges of a head that are not forwarded, in ascending order. */
final class Cuts {
  private int[] ranges = new int[8];
  private int count;

  void clear() {
    count = 0;
  }

  /** Adds a range that overlaps no other. */
  void add(int from, int to) {
    if (2 * count == ranges.length) {
      ranges = Arrays.copyOf(ranges, 4 * count);
    }
    int at = 2 * count++;
    for (; at > 0 && ranges[at - 2] > from; at -= 2) {
      ranges[at] = ranges[at - 2];
      ranges[at + 1] = ranges[at - 1];
    }
    ranges[at] = from;
    ranges[at + 1] = to;
  }

  /** Adds the ranges of another, none of which overlaps one of these. */
  void addAll(Cuts others) {
    for (int i = 0; i < 2 * others.count; i += 2) {
      add(others.ranges[i], others.ranges[i + 1]);
    }
  }

  /** The length of all ranges together. */
  int bytes() {
    int bytes = 0;
    for (int i = 0; i < 2 * count; i += 2) {
      bytes += ranges[i + 1] - ranges[i];
    }
    return bytes;
  }

  /** Removes the ranges from the bytes before {@code end} and closes the gaps, in place. */
  void remove(long base, int end) {
    for (int i = 0, to = count == 0 ? end : ranges[0]; i < 2 * count; i += 2) {
      int from = ranges[i + 1];
      int next = i + 2 < 2 * count ? ranges[i + 2] : end;
      Memory.copy(base + from, base + to, next - from);
      to += next - from;
    }
  }
}
