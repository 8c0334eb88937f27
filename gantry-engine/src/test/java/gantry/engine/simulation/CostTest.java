package gantry.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Counts what a rollout costs the coordinator: for each machine the same in a fleet of any size.
 */
class CostTest {
  private static final String SIZES = "gantry.simulation.machines";

  @Test
  void aMachineCostsTheSameInAFleetOfAnySize() {
    Cost few = Cost.of(10);
    System.out.println("simulation: " + few);
    Cost many = Cost.of(Integer.getInteger(SIZES, 100));
    System.out.println("simulation: " + many);
    assertThat(many.each(many.events())).isLessThan(few.each(few.events()) + 3);
    assertThat(many.each(many.operations())).isLessThan(few.each(few.operations()) * 1.2);
    assertThat(many.each(many.writes())).isLessThan(few.each(few.writes()) + 2);
  }
}
