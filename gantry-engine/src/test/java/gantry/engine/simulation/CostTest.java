package gantry.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Counts what a rollout costs the coordinator. Not constant: every machine is woken by every slot.
 */
class CostTest {
  @ParameterizedTest
  @ValueSource(ints = {10, 30, 100})
  void aSlotWakesEachMachineTwice(int machines) {
    Cost cost = Cost.of(machines);
    System.out.println("simulation: " + cost);
    assertThat(cost.events()).isPositive().isLessThanOrEqualTo(machines * (2L * machines + 2));
  }
}
