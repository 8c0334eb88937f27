package gantry.proxy.wire;

import java.util.Collection;
import java.util.Comparator;

/**
 * Finds the known name that was probably meant. The proxy has its own: it needs no other module.
 */
public final class Nearest {
  private Nearest() {}

  /**
   * {@code ; did you mean 'NAME'?} when the nearest name differs in a third of its letters or
   * fewer, else nothing.
   */
  public static String hint(String found, Collection<String> known) {
    return known.stream()
        .filter(name -> isNear(found, name))
        .min(Comparator.comparingInt(name -> distance(found, name)))
        .map(name -> "; did you mean '" + name + "'?")
        .orElse("");
  }

  private static boolean isNear(String found, String name) {
    int limit = Math.max(1, name.length() / 3);
    // the distance is at least the difference in length: no work for a name of a megabyte
    return Math.abs(found.length() - name.length()) <= limit && distance(found, name) <= limit;
  }

  /** Levenshtein distance with adjacent transpositions. */
  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = cell(a, b, cost, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int cell(String a, String b, int[][] cost, int i, int j) {
    if (i == 0 || j == 0) {
      return i + j;
    }
    int substitution = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(substitution, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
