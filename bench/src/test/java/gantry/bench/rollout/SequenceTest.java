package gantry.bench.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gantry.bench.run.BenchException;
import gantry.engine.event.RolloutEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class SequenceTest {
  @Test
  void aMachineIsMeasuredFromTheFinishOfTheOneBefore() {
    Sequence sequence =
        Sequence.of(
            List.of(
                new Moments.Turn("a", 100, 500),
                new Moments.Turn("b", 510, 540),
                new Moments.Turn("c", 545, 600)));

    assertThat(sequence.each()).containsExactly(40L, 60L);
    assertThat(sequence.handOver()).containsExactly(10L, 5L);
    assertThat(sequence.own()).containsExactly(30L, 55L);
  }

  @Test
  void aShareIsTheSmallestValueThatSoManyDoNotExceed() {
    Figures figures =
        Figures.ofNanos(
            List.of(
                10_000_000L,
                1_000_000L,
                2_000_000L,
                3_000_000L,
                4_000_000L,
                5_000_000L,
                6_000_000L,
                7_000_000L,
                8_000_000L,
                9_000_000L));

    assertThat(figures).isEqualTo(new Figures(1, 5, 9, 10));
  }

  @Test
  void turnsAreInTheOrderInWhichTheyEnded() {
    Moments moments = new Moments();
    for (String machine : List.of("b", "a")) {
      moments.hear(machine, new RolloutEvent.Admitted(7));
      moments.hear(machine, new RolloutEvent.Updated(7));
    }
    moments.hear("a", new RolloutEvent.Updated(6));

    assertThat(moments.turns(7)).extracting(Moments.Turn::machine).containsExactly("b", "a");
    assertThat(moments.turns(7))
        .allSatisfy(t -> assertThat(t.admittedNanos()).isLessThanOrEqualTo(t.finishedNanos()));
    assertThat(moments.finished(7)).isEqualTo(2);
  }

  @Test
  void troubleMakesTheFiguresVoid() {
    Moments moments = new Moments();
    moments.requireNoFailure();

    moments.hear("a", new RolloutEvent.Trouble("etcd does not answer"));

    assertThatThrownBy(moments::requireNoFailure)
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("machine a was in trouble: etcd does not answer");
  }
}
