package gantry.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.engine.store.DesiredStatus;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdmissionsTest {
  private final Scene scene = new Scene();

  @Test
  void theFirstStartTakesASlot() {
    scene.desired(1);
    assertThat(scene.does()).containsExactly("acquire slot 0 for 1");
  }

  @Test
  void whoeverWaitsStandsInTheQueueFirst() {
    scene.desired(2).serves(1).notQueued();
    assertThat(scene.does()).containsExactly("enqueue");
  }

  @Test
  void aFreeSlotIsForTheFirstInTheQueue() {
    scene.desired(2).serves(1).behind("b");
    assertThat(scene.does()).isEmpty();
    assertThat(scene.says()).isEqualTo("waiting: after machine 'b'");
    assertThat(scene.plan().focus()).isEqualTo(new Focus(false, Optional.of("b"), false));
  }

  @Test
  void aSlotThatTheFirstDoesNotTakeIsAnybodys() {
    scene.desired(2).serves(1).behind("b").here.slotsFor(Admissions.OVERDUE);
    assertThat(scene.does()).containsExactly("acquire slot 0 for 2");
  }

  @Test
  void whoeverCannotTakeASlotKeepsNobodyWaiting() {
    scene.desired(2).serves(1).alert(2, "b", "exited").behind("c");
    assertThat(scene.does()).containsExactly("leave queue");
  }

  @Test
  void theMachineThatFinishedLastLooksAfterTheNextOne() {
    scene.desired(2).serves(2).last("a");
    assertThat(scene.plan().focus().slots()).isTrue();
    scene.last("b");
    assertThat(scene.plan().focus().slots()).isFalse();
  }

  /** One that restarts twice must not seem to have been away all the time. */
  @Test
  void whoeverSawAMachineGoSilentSeesItComeBack() {
    scene.desired(2).serves(1).behind("c").silent(0, "b", 2, Duration.ofSeconds(1));
    assertThat(scene.plan().focus().slots()).isTrue();
    Scene back = new Scene().desired(2).serves(1).behind("c").slot(0, "b", 2, "s");
    assertThat(back.plan().focus().slots()).isFalse();
  }

  @Test
  void aCanaryIsForItsMachinesOnly() {
    scene.desired(2).serves(1).canary("b", "c").notQueued();
    assertThat(scene.does()).isEmpty();
    assertThat(scene.says())
        .isEqualTo("ready: held back: revision 2 is for machines 'b', 'c' until it is promoted");
    scene.canary("a", "b");
    assertThat(scene.does()).containsExactly("enqueue");
  }

  @Test
  void aPauseHoldsBackWhoHasNotBegun() {
    scene.desired(2).serves(1).paused().notQueued();
    assertThat(scene.does()).isEmpty();
    assertThat(scene.says()).isEqualTo("ready: held back: the rollout of revision 2 is paused");
  }

  @Test
  void aPauseLetsWhoHasBegunGoOn() {
    scene.desired(2).serves(1).admitted(2).paused();
    assertThat(scene.does()).containsExactly("pull 2");
  }

  @Test
  void aPauseTakesNobodysPlaceButInTheQueue() {
    scene.desired(2).serves(1).paused().behind("b");
    assertThat(scene.does()).containsExactly("leave queue");
  }

  @Test
  void aProvenRevisionStartsNowhereBeforeItIsPromoted() {
    scene.desired(3).proven(3).canary("b").notQueued();
    assertThat(scene.does()).isEmpty();
  }

  @Test
  void aShareOfTheMachinesIsRoundedDownAndOneAtLeast() {
    scene.desired(2).serves(1).slot(0, "b", 2, "other").parallelPercent(25, 8);
    assertThat(scene.does()).containsExactly("acquire slot 1 for 2");
    scene.parallelPercent(25, 7);
    assertThat(scene.does()).isEmpty();
  }

  @Test
  void aRevisionThatSucceededElsewhereStartsWithoutASlotWhereNothingRuns() {
    scene.desired(3).proven(3);
    assertThat(scene.does()).containsExactly("admit proven 3");
  }

  @Test
  void anEarlierSuccessSaysNothingAboutANewerRevision() {
    scene.desired(3).proven(2);
    assertThat(scene.does()).containsExactly("acquire slot 0 for 3");
  }

  @Test
  void aMachineThatServesTakesASlotEvenForAProvenRevision() {
    scene.desired(3).proven(3).serves(2);
    assertThat(scene.does()).containsExactly("acquire slot 0 for 3");
  }

  @Test
  void waitsWhileAnotherMachineHoldsTheOnlySlot() {
    scene.desired(2).serves(1).slot(0, "b", 2, "other");
    assertThat(scene.does()).isEmpty();
    assertThat(scene.says()).isEqualTo("waiting: for a slot: machine 'b' is updating");
    assertThat(scene.plan().quiet()).isTrue();
  }

  @Test
  void waitsAlsoForASilentHolder() {
    scene.desired(2).serves(1).silent(0, "b", 2, Duration.ofSeconds(1));
    assertThat(scene.does()).isEmpty();
    assertThat(scene.says()).isEqualTo("waiting: for a slot: machine 'b' is updating");
  }

  @Test
  void takesTheSecondOfTwoSlots() {
    scene.maxParallel(2).desired(2).serves(1).slot(0, "b", 2, "other");
    assertThat(scene.does()).containsExactly("acquire slot 1 for 2");
  }

  @Test
  void slotsThatAnOlderRevisionAllowedCountAgainstTheNewLimit() {
    scene.maxParallel(1).desired(3).serves(1).slot(2, "b", 2, "other");
    assertThat(scene.does()).isEmpty();
  }

  @Test
  void takesNoSlotWithoutALease() {
    scene.leaseEnding().desired(2).serves(1);
    assertThat(scene.does()).isEmpty();
    assertThat(scene.says()).isEqualTo("waiting: no lease from the coordinator yet");
    assertThat(scene.plan().wakeNanos()).as("a lease gives no hint").isNotEqualTo(Long.MAX_VALUE);
  }

  @Test
  void takesNoSlotWhileTheCoordinatorIsAway() {
    scene.disconnected().desired(2).serves(1);
    assertThat(scene.does()).isEmpty();
    assertThat(scene.says()).isEqualTo("waiting: the coordinator does not answer");
  }

  @Test
  void anAlertHoldsOthersBack() {
    scene.desired(2).serves(1).alert(2, "b", "exited with code 1");
    assertThat(scene.does()).isEmpty();
    assertThat(scene.says()).isEqualTo("ready: held back: revision 2 failed on machine 'b'");
  }

  @Test
  void theMachineThatFailedShowsWhy() {
    scene.desired(2).serves(1).alert(2, "a", "container c2 exited with code 1");
    assertThat(scene.does()).isEmpty();
    assertThat(scene.says()).isEqualTo("failed: container c2 exited with code 1");
  }

  @Test
  void anAlertAboutAnOlderRevisionHoldsNobodyBack() {
    scene.desired(3).serves(1).alert(2, "b", "exited");
    assertThat(scene.does()).containsExactly("acquire slot 0 for 3");
  }

  @Test
  void aSilentMachineIsReportedLostAfterItsTime() {
    scene.desired(2).serves(1).silent(0, "b", 2, Admissions.LOST_AFTER);
    assertThat(scene.does()).containsExactly("report lost b");
    Action.ReportLost lost = (Action.ReportLost) scene.plan().actions().getFirst();
    assertThat(lost.reason()).isEqualTo("machine 'b' was lost while updating to revision 2");
  }

  @Test
  void aSilentMachineIsNotLostBeforeItsTime() {
    Duration almost = Admissions.LOST_AFTER.minusMillis(1);
    scene.desired(2).serves(1).silent(0, "b", 2, almost);
    assertThat(scene.does()).isEmpty();
    assertThat(scene.plan().wakeNanos()).isEqualTo(MachineScene.NOW + 1_000_000);
  }

  @Test
  void nobodyReportsALossTwice() {
    scene.desired(2).serves(1).silent(0, "b", 2, Duration.ofMinutes(1));
    scene.alert(2, "b", "machine 'b' was lost while updating to revision 2");
    assertThat(scene.does()).isEmpty();
  }

  @Test
  void aRestartedHolderReclaimsItsSlot() {
    scene.desired(2).serves(1).slot(0, "a", 2, "session of an earlier life");
    assertThat(scene.does()).containsExactly("reclaim slot 0");
  }

  @Test
  void aHolderWhoseLeaseEndedReclaimsItsSlot() {
    scene.desired(2).serves(1).silent(0, "a", 2, Duration.ofSeconds(3));
    assertThat(scene.does()).containsExactly("reclaim slot 0");
  }

  @Test
  void aHolderThatOthersGaveUpOnLeavesTheSlot() {
    scene.desired(2).serves(1).silent(0, "a", 2, Duration.ofMinutes(1)).alert(2, "a", "lost");
    assertThat(scene.does()).containsExactly("leave slot 0, run 1");
  }

  @Test
  void aNewerRevisionAbandonsAnUpdateThatHasNotSwitched() {
    scene.desired(3).serves(1).admitted(2).here.running(2).passed(2);
    assertThat(scene.does()).containsExactly("leave slot 0, run 1");
  }

  @Test
  void aNewerRevisionLetsASwitchedUpdateStay() {
    scene.desired(3).record(1).admitted(2).here.running(1).running(2).routedTo(2);
    assertThat(scene.does()).containsExactly("leave slot 0, run 2");
  }

  @Test
  void whatAnEarlierAttemptLeftIsEndedBeforeTheNextAttempt() {
    scene.notQueued().desired(2).serves(1).here.running(2);
    assertThat(scene.does()).containsExactly("stop c2");
    assertThat(scene.says()).isEqualTo("waiting: an earlier container of revision 2 ends");
  }

  @Test
  void withoutPortsWhatAnEarlierAttemptLeftIsEndedToo() {
    scene
        .withoutPorts()
        .desired(2)
        .record(1)
        .here
        .running(1)
        .passed(1)
        .exited(2, 1)
        .startedBefore(2);
    assertThat(scene.notQueued().does()).containsExactly("remove c2");
  }

  @Test
  void nobodyIsAdmittedToWhatIsStopped() {
    scene.desired(2, DesiredStatus.STOPPED).record(1);
    assertThat(scene.does()).isEmpty();
  }

  @Test
  void whatServesIsAdoptedByAMachineThatRunsNothing() {
    scene.notQueued().desired(3).record(0);
    scene.here.running(1).passed(1).routedTo(1);
    assertThat(scene.does()).containsExactly("adopt 1");
    assertThat(scene.says()).isEqualTo("ready");
  }

  @Test
  void nothingIsAdoptedWhileTheMachineIsAdmitted() {
    scene.desired(1).record(0).admitted(1);
    scene.here.running(1).passed(1).routedTo(1);
    assertThat(scene.does()).containsExactly("finish 1");
  }
}
