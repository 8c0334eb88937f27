package gantry.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table with a title above and notes below.
 *
 * @param header one text per column; the first column is aligned left, the others right
 * @param rows as long as the header
 */
public record Table(
    String title, List<String> header, List<List<String>> rows, List<String> notes) {
  private static final String GAP = "  ";

  /** Copies everything. */
  public Table {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
    notes = List.copyOf(notes);
  }

  /** For a terminal. */
  public String toText() {
    List<String> lines = new ArrayList<>();
    lines.add(title);
    lines.add(textLine(header));
    rows.forEach(row -> lines.add(textLine(row)));
    notes.forEach(note -> lines.add("  " + note));
    return String.join("\n", lines) + "\n";
  }

  /** For a Markdown page. */
  public String toMarkdown() {
    List<String> lines = new ArrayList<>();
    lines.add("### " + title);
    lines.add("");
    lines.add(markdownLine(header));
    lines.add("|---|" + "--:|".repeat(header.size() - 1));
    rows.forEach(row -> lines.add(markdownLine(row)));
    notes.forEach(note -> lines.add("\n" + note));
    return String.join("\n", lines) + "\n";
  }

  private String textLine(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      String cell = cells.get(column);
      String fill = " ".repeat(width(column) - cell.length());
      line.append(column == 0 ? cell + fill : GAP + fill + cell);
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    int widest = header.get(column).length();
    for (List<String> row : rows) {
      widest = Math.max(widest, row.get(column).length());
    }
    return widest;
  }

  private static String markdownLine(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }
}
