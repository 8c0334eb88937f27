package gantry.api;

import java.util.ArrayList;
import java.util.List;

/** Collects every mistake of one reading, so that they are told all at once. Not thread-safe. */
public final class Problems {
  /** Mistakes that are kept; further ones are only counted. Nobody reads more than this. */
  public static final int LIMIT = 100;

  private final List<Problem> found = new ArrayList<>();
  private int count;

  /** Records one mistake. */
  public void add(String place, String message) {
    count++;
    if (found.size() < LIMIT) {
      found.add(new Problem(place, message));
    }
  }

  /** Whether nothing was found. */
  public boolean isEmpty() {
    return count == 0;
  }

  /** How many were found, kept or not. */
  public int count() {
    return count;
  }

  /** What was found so far, in the order in which it was found; at most {@link #LIMIT}. */
  public List<Problem> list() {
    return List.copyOf(found);
  }
}
