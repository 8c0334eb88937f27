package gantry.proxy.tcp;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Picks the backend with the fewest connections; among equals, one after the other. One loop. */
final class Picker {
  private int turn;

  /** The next target outside {@code tried}; null when there is none. */
  @Nullable Target pick(List<Target> active, Set<Target> tried) {
    int size = active.size();
    if (size == 0) {
      return null;
    }
    int first = Math.floorMod(turn++, size);
    Target best = null;
    long fewest = Long.MAX_VALUE;
    for (int i = 0; i < size; i++) {
      Target target = active.get((first + i) % size);
      long count = size == 1 ? 0 : target.tally().count();
      if (count < fewest && !tried.contains(target)) {
        best = target;
        fewest = count;
      }
    }
    return best;
  }
}
