package gantry.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.engine.store.Phase;
import gantry.testkit.container.ScriptedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What machines write into their records while they take a revision. */
class RecordsTest {
  private final Fleet fleet = new Fleet(1, "a");
  private final List<Phase> written = new ArrayList<>();

  @Test
  void aPhaseThatIsOverAtOnceIsNotWritten() {
    update(ScriptedImage.serving("two"));

    assertThat(written).containsOnly(Phase.WAITING, Phase.READY);
  }

  @Test
  void aPhaseThatLastsIsWritten() {
    update(ScriptedImage.serving("two").withReadyAfter(Duration.ofSeconds(1)));

    assertThat(written).contains(Phase.CHECKING).endsWith(Phase.READY);
  }

  private void update(ScriptedImage image) {
    fleet.release(ScriptedImage.serving("one"));
    fleet.settle();
    try (var watch =
        fleet.user.watchMachines(Fleet.WEB, () -> written.add(fleet.record("a").phase()))) {
      assertThat(watch).isNotNull();
      fleet.release(image);
      fleet.settle();
    }
  }
}
