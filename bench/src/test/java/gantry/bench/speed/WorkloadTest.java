package gantry.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkloadTest {
  private static final Settings ALL = new Settings(5, 5, 5, 64, 10_000, Set.of(), Path.of("dist"));

  @Test
  void epollHasBarsOfItsOwn() {
    assertThat(Workload.L7_KEEPALIVE.bars(false))
        .extracting(Bar::toString)
        .containsExactly("≥ 1.25", "≤ 0.65", "≤ 1.00");
    assertThat(Workload.L7_KEEPALIVE.bars(true))
        .extracting(Bar::toString)
        .containsExactly("≥ 1.00", "≤ 0.95", "≤ 1.00");
  }

  @Test
  void idleConnectionsHaveAMemoryBarAndAFloor() {
    assertThat(Workload.L4_IDLE.bars(false))
        .extracting(Bar::toString)
        .containsExactly("≤ 1.00", "≤ 90.0 MB");
  }

  @Test
  void largeAnswersAreMeasuredAgainstEveryVariantOfHaproxy() {
    assertThat(Contenders.in(Workload.L7_BULK, ALL))
        .extracting(peer -> peer.name())
        .contains("haproxy", "haproxy-64k", "haproxy-splice-auto", "haproxy-splice", "caddy");
  }

  @Test
  void caddyTakesPartInHttpOnly() {
    assertThat(Contenders.in(Workload.L4_BULK, ALL))
        .extracting(peer -> peer.name())
        .doesNotContain("caddy")
        .contains("nginx", "direct");
  }

  @Test
  void eachRepetitionBeginsWithAnother() {
    List<String> all = List.of("a", "b", "c");
    assertThat(Contenders.rotated(all, 0)).containsExactly("a", "b", "c");
    assertThat(Contenders.rotated(all, 1)).containsExactly("b", "c", "a");
    assertThat(Contenders.rotated(all, 5)).containsExactly("c", "a", "b");
  }
}
