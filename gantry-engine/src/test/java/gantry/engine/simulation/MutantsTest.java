package gantry.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.engine.simulation.Simulation.Failure;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation notices what is broken on purpose, and says after how many seeds it did. */
class MutantsTest {
  private static final int LIMIT = 1_000;

  @ParameterizedTest
  @EnumSource(Mutants.class)
  void isCaught(Mutants mutant) {
    Optional<Failure> failure =
        LongStream.rangeClosed(1, LIMIT)
            .mapToObj(seed -> new Simulation(seed, mutant::make).run())
            .flatMap(Optional::stream)
            .findFirst();
    assertThat(failure).as("%s within %d seeds", mutant, LIMIT).isPresent();
    assertThat(failure.get().cause()).isInstanceOf(Violation.class);
    System.out.printf("simulation: %s is caught at %s%n", mutant, firstLine(failure.get()));
  }

  /** The seed and the rule. */
  private static String firstLine(Failure failure) {
    String line = failure.toString().lines().findFirst().orElseThrow();
    return line.length() <= 120 ? line : line.substring(0, 120) + "...";
  }
}
