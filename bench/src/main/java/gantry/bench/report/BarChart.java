package gantry.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A picture of bars in groups, as SVG. The reference's value is 1.0, where a line stands.
 *
 * @param title what the bars show
 * @param groups the values of each series, by group
 * @param series the names of the series, in order; each has a colour
 */
public record BarChart(String title, Map<String, Map<String, Double>> groups, List<String> series) {
  private static final int LEFT = 120;
  private static final int WIDTH = 520;
  private static final int BAR = 11;
  private static final int GROUP_GAP = 12;
  private static final int TOP = 56;
  private static final int LABEL_GAP = 4;
  private static final int LEGEND = 130;
  private static final List<String> COLOURS =
      List.of("#0b6e4f", "#6fb98f", "#9a9a9a", "#c9a227", "#5b7db1", "#b0553f");

  /** Several charts below one another, as a file. */
  public static String file(List<BarChart> charts) {
    StringBuilder body = new StringBuilder();
    int top = 0;
    for (BarChart chart : charts) {
      body.append("<g transform=\"translate(0,").append(top).append(")\">\n");
      body.append(chart.body()).append("</g>\n");
      top += chart.height();
    }
    return """
    <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" \
    font-family="sans-serif" font-size="11">
    <rect width="100%%" height="100%%" fill="white"/>
    %3$s</svg>
    """
        .formatted(LEFT + WIDTH + 60, top, body);
  }

  private int height() {
    return TOP + groups.size() * groupHeight() + 20;
  }

  private int groupHeight() {
    return series.size() * BAR + GROUP_GAP;
  }

  private String body() {
    StringBuilder body = new StringBuilder();
    body.append(text(10, 20, "start", "font-weight=\"bold\" font-size=\"13\"", title));
    legend(body);
    int top = TOP;
    for (Map.Entry<String, Map<String, Double>> group : groups.entrySet()) {
      group(body, group.getKey(), group.getValue(), top);
      top += groupHeight();
    }
    int line = LEFT + length(1);
    body.append(
        "<line x1=\"%1$d\" x2=\"%1$d\" y1=\"%2$d\" y2=\"%3$d\" stroke=\"black\"/>\n"
            .formatted(line, TOP - 6, top));
    return body.toString();
  }

  private void legend(StringBuilder body) {
    int left = LEFT;
    for (int i = 0; i < series.size(); i++) {
      body.append(rectangle(left, 30, 10, i));
      body.append(text(left + 14, 39, "start", "", series.get(i)));
      left += LEGEND;
    }
  }

  private void group(StringBuilder body, String name, Map<String, Double> values, int top) {
    int middle = top + series.size() * BAR / 2 + LABEL_GAP;
    body.append(text(LEFT - 8, middle, "end", "", name));
    for (int i = 0; i < series.size(); i++) {
      Double value = values.get(series.get(i));
      if (value != null) {
        int y = top + i * BAR;
        body.append(rectangle(LEFT, y, length(value), i));
        String number = String.format(Locale.ROOT, "%.2f", value);
        body.append(text(LEFT + length(value) + LABEL_GAP, y + BAR - 2, "start", "", number));
      }
    }
  }

  private int length(double value) {
    return (int) Math.round(WIDTH * value / largest());
  }

  private double largest() {
    return groups.values().stream()
        .flatMap(values -> values.values().stream())
        .mapToDouble(Double::doubleValue)
        .reduce(1, Math::max);
  }

  private static String rectangle(int x, int y, int width, int colour) {
    return "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n"
        .formatted(x, y, width, BAR - 1, COLOURS.get(colour % COLOURS.size()));
  }

  private static String text(int x, int y, String anchor, String style, String text) {
    String safe = text.replace("&", "&amp;").replace("<", "&lt;");
    return "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" %s>%s</text>\n"
        .formatted(x, y, anchor, style, safe);
  }
}
