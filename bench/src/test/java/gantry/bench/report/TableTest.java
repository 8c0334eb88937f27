package gantry.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  private static final Table TABLE =
      new Table(
          "rates",
          List.of("who", "rate"),
          List.of(List.of("haproxy", "1"), List.of("a|b", "1,000")),
          List.of("a note"));

  @Test
  void alignsTheFirstColumnLeftAndTheOthersRight() {
    assertThat(TABLE.toText())
        .isEqualTo("rates\nwho       rate\nhaproxy      1\na|b      1,000\n  a note\n");
  }

  @Test
  void writesMarkdown() {
    assertThat(TABLE.toMarkdown())
        .isEqualTo(
            """
            ### rates

            | who | rate |
            |---|--:|
            | haproxy | 1 |
            | a\\|b | 1,000 |

            a note
            """);
  }
}
