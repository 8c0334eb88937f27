package gantry.api;

import java.util.ArrayList;
import java.util.List;

/** Collects every mistake of one reading, so that they are told all at once. Not thread-safe. */
public final class Problems {
  private final List<Problem> found = new ArrayList<>();

  /** Records one mistake. */
  public void add(String place, String message) {
    found.add(new Problem(place, message));
  }

  /** Whether nothing was found. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** What was found so far, in the order in which it was found. */
  public List<Problem> list() {
    return List.copyOf(found);
  }
}
