package gantry.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gantry.bench.run.BenchException;
import java.util.List;
import org.junit.jupiter.api.Test;

class IperfTest {
  @Test
  void countsWhatArrived() {
    String report =
        """
        {"start": {}, "end": {"sum_sent": {"bytes": 9000, "seconds": 2},
         "sum_received": {"start": 0, "seconds": 2.5, "bytes": 8000}}}
        """;
    assertThat(Iperf.outcome(report)).isEqualTo(new Outcome(8000, 2.5, 0, 0, List.of()));
  }

  @Test
  void tellsThatNothingArrived() {
    String report = "{\"end\": {\"sum_received\": {\"seconds\": 2, \"bytes\": 0}}}";
    assertThat(Iperf.outcome(report).problems()).containsExactly("nothing arrived");
  }

  @Test
  void failsWithWhatIperfSays() {
    String report = "{\"end\": {}, \"error\": \"the server is busy running a test\"}";
    assertThatThrownBy(() -> Iperf.outcome(report))
        .isInstanceOf(BenchException.class)
        .hasMessage("iperf3 failed: the server is busy running a test");
  }
}
