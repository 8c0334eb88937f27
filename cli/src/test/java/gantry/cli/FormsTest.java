package gantry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** Ages, durations and tables as they are read and written. */
class FormsTest {
  @ParameterizedTest
  @CsvSource({
    "PT-3S, 0 seconds",
    "PT0S, 0 seconds",
    "PT1S, 1 second",
    "PT17.9S, 17 seconds",
    "PT59S, 59 seconds",
    "PT60S, 1 minute",
    "PT119S, 1 minute",
    "PT2M, 2 minutes",
    "PT59M59S, 59 minutes",
    "PT1H, 1 hour",
    "PT47H, 47 hours",
    "P2D, 2 days",
    "P400D, 400 days",
  })
  void anAgeIsInItsLargestUnit(Duration age, String words) {
    assertThat(Ages.words(age)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"90s, PT90S", "10m, PT10M", "1h, PT1H", "500ms, PT0.5S", "7, PT7S", "0, PT0S"})
  void aDurationIsReadWithItsUnit(String text, Duration expected) {
    assertThat(new DurationConverter().convert(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "-1s", "1 s", "1.5s", "10x", "12345678901s", "1h30m"})
  void whatIsNoDurationIsSaid(String text) {
    assertThatThrownBy(() -> new DurationConverter().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'" + text + "'");
  }

  @Test
  void aListOfContainersIsAsDocumented() {
    Table table = new Table(true, "CONTAINER ID", "UPTIME", "IMAGE ID", "STATUS");
    table.row("39d59e26ee64", "Up 17 seconds", "my/image:latest", "running");
    table.row("18182e07ade1", "Up 2 minutes", "0cf0c034fc89", "draining");
    assertThat(print(table))
        .isEqualTo(
            """
            CONTAINER ID         UPTIME               IMAGE ID             STATUS             \s
            39d59e26ee64         Up 17 seconds        my/image:latest      running
            18182e07ade1         Up 2 minutes         0cf0c034fc89         draining
            """);
  }

  @Test
  void aListOfComponentsIsAsDocumented() {
    Table table = new Table(false, "COMPONENT", "STATUS", "IMAGE ID");
    table.row("firstcomponent", "ready", "4ae76210a4fe");
    assertThat(print(table))
        .isEqualTo(
            """
            COMPONENT            STATUS               IMAGE ID
            firstcomponent       ready                4ae76210a4fe
            """);
  }

  @Test
  void aLongValueWidensItsColumn() {
    Table table = new Table(false, "COMPONENT", "STATUS");
    table.row("a-component-with-a-long-name", "ready");
    table.row("b", "stopped");
    assertThat(print(table))
        .isEqualTo(
            """
            COMPONENT                    STATUS
            a-component-with-a-long-name ready
            b                            stopped
            """);
  }

  private static String print(Table table) {
    StringWriter text = new StringWriter();
    table.print(new PrintWriter(text));
    return text.toString();
  }
}
