package gantry.proxy.io;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Numbers for objects that the kernel hands back in its events. A number is not given out again in
 * the same life: an event that was under way when its object went away finds nothing. One loop.
 */
final class Slots<T> {
  /** Bits of the place; those above tell how often it was used. */
  private static final int PLACE_BITS = 24;

  private static final int USES_MASK = 0xFF_FFFF;

  private final List<@Nullable T> places = new ArrayList<>();
  private int[] uses = new int[64];
  private int[] free = new int[64];
  private int freeCount;

  /** Takes a place, and returns its number of 48 bits. */
  long add(T object) {
    int place;
    if (freeCount > 0) {
      place = free[--freeCount];
      places.set(place, object);
    } else {
      place = places.size();
      places.add(object);
      if (place == uses.length) {
        uses = java.util.Arrays.copyOf(uses, place * 2);
      }
    }
    return (long) (uses[place] & USES_MASK) << PLACE_BITS | place;
  }

  @Nullable T get(long number) {
    int place = (int) number & (1 << PLACE_BITS) - 1;
    if (place >= places.size()
        || (number >>> PLACE_BITS & USES_MASK) != (uses[place] & USES_MASK)) {
      return null;
    }
    return places.get(place);
  }

  void remove(long number) {
    int place = (int) number & (1 << PLACE_BITS) - 1;
    places.set(place, null);
    uses[place]++;
    if (freeCount == free.length) {
      free = java.util.Arrays.copyOf(free, freeCount * 2);
    }
    free[freeCount++] = place;
  }

  /** What is there now. */
  List<T> all() {
    List<T> all = new ArrayList<>();
    for (T object : places) {
      if (object != null) {
        all.add(object);
      }
    }
    return all;
  }
}
