package gantry.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A failure names its seed; {@code new RandomScene(seed)} makes it again. */
class PlannerPropertiesTest {
  private static final int OBSERVATIONS = 20_000;

  @Test
  void noPlanBreaksARule() {
    for (long seed = 0; seed < OBSERVATIONS; seed++) {
      Scene scene = new RandomScene(seed).make();
      try {
        new Rules(scene.observation(), scene.plan()).check();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + scene.does() + " " + scene.says(), e);
      }
    }
  }

  @Test
  void theSameObservationGivesTheSamePlan() {
    RolloutPlanner planner = new RolloutPlanner();
    for (long seed = 0; seed < OBSERVATIONS / 10; seed++) {
      Observation once = new RandomScene(seed).make().observation();
      Observation again = new RandomScene(seed).make().observation();
      assertThat(planner.plan(once))
          .as("seed %d", seed)
          .isEqualTo(planner.plan(once))
          .isEqualTo(new RolloutPlanner().plan(again));
    }
  }

  @Test
  void everyKindOfActionIsReached() {
    Set<String> kinds = new TreeSet<>();
    for (long seed = 0; seed < OBSERVATIONS; seed++) {
      new RandomScene(seed)
          .make()
          .plan()
          .actions()
          .forEach(action -> kinds.add(action.getClass().getSimpleName()));
    }
    assertThat(kinds).hasSize(Action.class.getPermittedSubclasses().length);
  }
}
