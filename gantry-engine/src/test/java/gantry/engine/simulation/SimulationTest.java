package gantry.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.engine.plan.Action;
import gantry.engine.plan.Observation;
import gantry.engine.plan.Plan;
import gantry.engine.simulation.Simulation.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Runs as many seeds as {@code -Dgantry.simulation.seeds} says: kept ones first, then fixed ones,
 * then a tenth from a base that is drawn anew each time ({@code -Dgantry.simulation.base} repeats
 * one). {@code -Dgantry.simulation.seed} runs one alone and tells its story.
 */
class SimulationTest {
  private static final int SEEDS = Integer.getInteger("gantry.simulation.seeds", 10_000);
  private static final Optional<Long> ONE =
      Optional.ofNullable(Long.getLong("gantry.simulation.seed"));

  @Test
  void everyRuleHoldsWhateverHappens() throws Exception {
    if (ONE.isPresent()) {
      System.out.println(Simulation.real(ONE.get()).story());
    }
    List<Long> seeds = ONE.map(List::of).orElseGet(SimulationTest::seeds);
    long begin = System.nanoTime();
    Optional<Failure> failure = SeedRun.firstFailure(seeds);
    long millis = (System.nanoTime() - begin) / 1_000_000;
    System.out.printf("simulation: %d seeds in %d ms%n", seeds.size(), millis);
    assertThat(failure).as(() -> story(failure)).isEmpty();
  }

  private static List<Long> seeds() {
    long base =
        Long.getLong("gantry.simulation.base", ThreadLocalRandom.current().nextLong(1L << 40));
    List<Long> seeds = new ArrayList<>(KeptSeeds.all());
    int drawn = Integer.getInteger("gantry.simulation.drawn", SEEDS / 10);
    System.out.printf("simulation: %d seeds, %d of them from %d%n", SEEDS, drawn, base);
    LongStream.rangeClosed(1, SEEDS - drawn).forEach(seeds::add);
    LongStream.range(base, base + drawn).forEach(seeds::add);
    return seeds;
  }

  private static String story(Optional<Failure> failure) {
    return failure
        .map(
            f ->
                Simulation.real(f.seed()).story() + "\nagain: -Dgantry.simulation.seed=" + f.seed())
        .orElse("");
  }

  @Test
  void aSeedReplaysExactly() {
    for (long seed = 1; seed <= 20; seed++) {
      assertThat(Simulation.real(seed).story()).isEqualTo(Simulation.real(seed).story());
    }
  }

  @Test
  void everyKindOfActionIsReached() {
    Set<String> kinds = new TreeSet<>();
    Mutant listener =
        new Mutant() {
          @Override
          public Plan plan(Observation o) {
            Plan plan = Mutant.super.plan(o);
            plan.actions().forEach(action -> kinds.add(action.getClass().getSimpleName()));
            return plan;
          }
        };
    int all = Action.class.getPermittedSubclasses().length;
    for (long seed = 1; seed <= 5_000 && kinds.size() < all; seed++) {
      assertThat(new Simulation(seed, () -> listener).run()).isEmpty();
    }
    assertThat(kinds).hasSize(all);
  }
}
