package gantry.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.engine.spec.OnFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Revision 3 takes 2 back: it restores 1. */
class WarmTest {
  private final Scene scene = new Scene();

  private Scene rollback() {
    return scene.desired(3).restores(3, 1).serves(2).previous(1);
  }

  @Test
  void aContainerThatDrainsIsTakenWithoutASlotAndInOneStep() {
    rollback().here.running(1).passed(1).connections(1, 4);
    assertThat(scene.does()).containsExactly("admit proven 3", "route to 3");
  }

  @Test
  void notWhileItIsBeingStopped() {
    rollback().notQueued().here.running(1).passed(1).stopping(1);
    assertThat(scene.does()).isEmpty();
    assertThat(scene.says()).isEqualTo("draining: container c1 is shutting down");
  }

  @Test
  void oneThatIsNotKnownToBeReadyIsCheckedFirst() {
    rollback().here.running(1);
    assertThat(scene.does()).containsExactly("acquire slot 0 for 3");
  }

  @Test
  void oneThatHasEndedIsRemovedAndMadeAnew() {
    rollback().notQueued().here.exited(1, 0);
    assertThat(scene.does()).containsExactly("remove c1");
  }

  @Test
  void aMachineThatNeverLeftItOnlySaysSo() {
    scene.desired(3).restores(3, 1).serves(1);
    assertThat(scene.does()).containsExactly("admit proven 3");
  }

  @Test
  void anAlertHoldsItBack() {
    rollback().alert(3, "b", "exited").here.running(1).passed(1).connections(1, 1);
    assertThat(scene.does()).isEmpty();
  }

  @Test
  void theRecordsRollbackKeepsTheContainerOfItsContent() {
    scene.desired(3).restores(3, 1).record(3).here.running(1).routedTo(1);
    assertThat(scene.does()).isEmpty();
    assertThat(scene.says()).isEqualTo("ready");
  }

  @Test
  void theContainerThatServedBeforeIsKeptForAWhile() {
    scene.keepPrevious(Duration.ofSeconds(60)).desired(2).serves(2).previous(1);
    scene.here.running(1).passed(1).idle(1, Duration.ofSeconds(59));
    assertThat(scene.does()).isEmpty();
    assertThat(scene.plan().wakeNanos())
        .isEqualTo(MachineScene.NOW + Duration.ofSeconds(1).toNanos());
  }

  @Test
  void andNoLonger() {
    scene.keepPrevious(Duration.ofSeconds(60)).desired(2).serves(2).previous(1);
    scene.here.running(1).passed(1).idle(1, Duration.ofSeconds(60));
    assertThat(scene.does()).containsExactly("stop c1");
  }

  @Test
  void onlyTheOneThatServedBeforeIsKept() {
    scene.keepPrevious(Duration.ofSeconds(60)).desired(4).serves(4).previous(3);
    scene.here.running(3).passed(3).running(2).passed(2);
    assertThat(scene.does()).containsExactly("stop c2");
  }

  @Test
  void aFailureAsksForWhatServedBeforeWhereThatIsWanted() {
    scene.onFailure(OnFailure.ROLLBACK).desired(2).serves(1).admitted(2).here.exited(2, 1);
    scene.here.startedBefore(2);
    assertThat(failure().rollback()).isPresent().get().extracting(r -> r.number()).isEqualTo(1L);
  }

  @Test
  void aRollbackIsNeverRolledBack() {
    scene.onFailure(OnFailure.ROLLBACK).desired(3).restores(3, 1).serves(2).admitted(3);
    scene.here.exited(1, 1).startedBefore(1);
    assertThat(failure().rollback()).isEmpty();
  }

  private Action.FailUpdate failure() {
    return (Action.FailUpdate) scene.plan().actions().getFirst();
  }
}
