package gantry.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gantry.bench.run.BenchException;
import java.util.List;
import org.junit.jupiter.api.Test;

class WrkTest {
  private static final String GOOD =
      "Running 1s test\nfigures: 1000 230000 2000000 640.0 1500.5 0 0 0 0 0\n";

  @Test
  void readsWhatTheScriptReports() {
    assertThat(Wrk.outcome(GOOD, 100)).isEqualTo(new Outcome(1000, 2, 640, 1500.5, List.of()));
  }

  @Test
  void tellsErrors() {
    String bad = "figures: 1000 230000 2000000 640.0 1500.5 1 2 3 4 5\n";
    assertThat(Wrk.outcome(bad, 100).problems())
        .containsExactly(
            "1 failed connects",
            "2 failed reads",
            "3 failed writes",
            "4 timeouts",
            "5 wrong statuses");
  }

  @Test
  void tellsAnswersThatAreTooShort() {
    assertThat(Wrk.outcome(GOOD, 1000).problems()).containsExactly("answers of 230 bytes");
  }

  @Test
  void tellsThatNothingWasAnswered() {
    String none = "figures: 0 0 2000000 0.0 0.0 0 0 0 0 0\n";
    assertThat(Wrk.outcome(none, 100).problems()).containsExactly("no answers");
  }

  @Test
  void failsWithoutAReport() {
    assertThatThrownBy(() -> Wrk.outcome("unable to connect", 100))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("unable to connect");
  }
}
