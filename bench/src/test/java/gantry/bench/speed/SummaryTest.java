package gantry.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private static Sample sample(String contender, double bytes, double cpu) {
    return new Sample(
        contender,
        Map.of(Metric.BYTES, bytes, Metric.CPU_PER_GB, cpu),
        List.of(),
        Optional.empty(),
        0);
  }

  private static final Summary IPERF =
      new Summary(
          Workload.L4_IPERF1,
          List.of(
              sample("haproxy", 100, 5),
              sample("haproxy-splice", 300, 4),
              sample("haproxy-64k", 200, 2),
              sample("gantry-io_uring", 330, 3),
              sample("gantry-epoll", 270, 1)));

  @Test
  void eachFigureIsComparedWithTheVariantThatIsBestInIt() {
    assertThat(IPERF.ratio("gantry-io_uring", Metric.BYTES)).contains(1.1);
    assertThat(IPERF.ratio("gantry-io_uring", Metric.CPU_PER_GB)).contains(1.5);
    assertThat(IPERF.reference(Metric.BYTES).orElseThrow().contender()).isEqualTo("haproxy-splice");
    assertThat(IPERF.reference(Metric.CPU_PER_GB).orElseThrow().contender())
        .isEqualTo("haproxy-64k");
  }

  @Test
  void barsAreMetOrMissedByAShareOfThem() {
    assertThat(IPERF.judged("gantry-io_uring"))
        .extracting(Summary.Judged::verdict)
        .containsExactly("met", "missed by 87.5%");
    assertThat(IPERF.judged("gantry-epoll"))
        .extracting(judged -> judged.bar() + " " + judged.verdict())
        .containsExactly("≥ 1.00 missed by 10.0%", "≤ 0.95 met");
    assertThat(IPERF.judged("haproxy")).isEmpty();
  }

  @Test
  void takesTheMedianOfTheRepetitions() {
    List<Sample> samples = new ArrayList<>();
    for (double rate : List.of(10.0, 1000.0, 30.0)) {
      samples.add(sample("haproxy", rate, 1));
    }
    Summary summary = new Summary(Workload.L4_IPERF1, samples);
    assertThat(summary.reference(Metric.BYTES).orElseThrow().value()).isEqualTo(30);
  }

  @Test
  void withoutTheReferenceThereIsNothingToJudge() {
    Summary alone = new Summary(Workload.L4_IPERF1, List.of(sample("gantry-epoll", 1, 1)));
    assertThat(alone.ratio("gantry-epoll", Metric.BYTES)).isEmpty();
    assertThat(alone.judged("gantry-epoll")).isEmpty();
  }

  @Test
  void problemsNameTheContender() {
    Sample flagged = new Sample("nginx", Map.of(), List.of("3 timeouts"), Optional.of("old"), 0.5);
    Summary summary = new Summary(Workload.L4_NEW, List.of(flagged, flagged));
    assertThat(summary.problems()).containsExactly("nginx: 3 timeouts");
    assertThat(summary.concerns()).containsExactly("old");
    assertThat(summary.shareOfOthers()).isEqualTo(0.5);
  }
}
