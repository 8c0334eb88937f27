package gantry.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows in columns, in the spacing that the documented answers have: each column is 20 wide and
 * followed by a space, or as wide as its longest value; the last one is not padded.
 */
final class Table {
  private static final int WIDTH = 20;

  private final List<List<String>> rows = new ArrayList<>();
  private final boolean padHeader;

  /**
   * An empty table.
   *
   * @param padHeader whether the header's last column is padded too
   */
  Table(boolean padHeader, String... header) {
    this.padHeader = padHeader;
    rows.add(List.of(header));
  }

  void row(String... values) {
    rows.add(List.of(values));
  }

  void print(PrintWriter out) {
    for (int i = 0; i < rows.size(); i++) {
      String line = line(rows.get(i));
      out.println(i == 0 && padHeader ? line : line.stripTrailing());
    }
    out.flush();
  }

  private String line(List<String> row) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      String separator = column == 0 ? "" : " ";
      line.append(separator).append(pad(row.get(column), width(column)));
    }
    return line.toString();
  }

  private int width(int column) {
    boolean last = column == rows.get(0).size() - 1;
    int longest =
        last ? 0 : rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    return Math.max(WIDTH, longest);
  }

  private static String pad(String value, int width) {
    return value + " ".repeat(Math.max(0, width - value.length()));
  }
}
