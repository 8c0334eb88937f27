package gantry.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class BarChartTest {
  @Test
  void drawsABarPerValueWhoseLengthIsItsShareOfTheLongest() throws Exception {
    BarChart chart =
        new BarChart(
            "a < b", Map.of("l4", Map.of("fast", 2.0, "slow", 0.5)), List.of("fast", "slow"));

    Document svg = parse(BarChart.file(List.of(chart)));

    NodeList rectangles = svg.getElementsByTagName("rect");
    assertThat(rectangles.getLength()).isEqualTo(1 + 2 + 2); // ground, legend, bars
    assertThat(width(rectangles, 3)).isEqualTo(4 * width(rectangles, 4)).isPositive();
    assertThat(svg.getDocumentElement().getTextContent()).contains("a < b", "2.00", "0.50");
  }

  @Test
  void drawsNothingWhereThereIsNoValue() throws Exception {
    BarChart chart = new BarChart("t", Map.of("l4", Map.of("fast", 2.0)), List.of("fast", "slow"));

    Document svg = parse(BarChart.file(List.of(chart, chart)));

    assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(1 + 2 * (2 + 1));
  }

  private static int width(NodeList rectangles, int index) {
    return Integer.parseInt(((Element) rectangles.item(index)).getAttribute("width"));
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }
}
