package gantry.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.coordination.Session;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MachineStoreTest {
  private final Stored stored = new Stored();
  private final MachineStore other = new MachineStore(stored.store.connect("b"), Stored.WEB, "b");

  @BeforeEach
  void release() {
    stored.release();
  }

  @Test
  void aSlotIsTakenOnce() {
    assertThat(stored.acquire(0)).isTrue();
    assertThat(stored.acquire(0)).isFalse();
    assertThat(stored.slot().slot().orElseThrow().value())
        .isEqualTo(new Slot("a", 1, stored.session.id()));
  }

  @Test
  void aSlotIsNotTakenForWhatIsNoLongerDesired() {
    Versioned<Desired> seen = stored.desired();
    stored.user.setStatus(Stored.WEB, DesiredStatus.STOPPED, "ann");
    assertThat(stored.acquire(0, seen)).isFalse();
  }

  @Test
  void aSlotIsNotTakenWhileAnAlertStands() {
    stored.acquire(0);
    stored.machine.fail(stored.slot(), stored.desired(), stored.alert(1), stored.record(0));
    assertThat(stored.acquire(0)).isFalse();
  }

  @Test
  void aSilentMachinesSlotIsNotTaken() {
    stored.acquire(0);
    stored.fallSilent();
    assertThat(stored.slot().silent()).isTrue();
    Session session = stored.store.connect("b2").openSession(Duration.ofSeconds(10));
    assertThat(other.acquire(0, stored.desired(), new Admission("b", 1, Stored.TIME), session))
        .isFalse();
  }

  @Test
  void finishingFreesTheSlotAndProvesTheRevision() {
    stored.acquire(0);
    assertThat(stored.machine.finish(stored.slot(), stored.record(1), true)).isTrue();
    assertThat(stored.seen().slots()).isEmpty();
    assertThat(stored.seen().proven()).isEqualTo(1);
    assertThat(stored.user.machines(Stored.WEB)).containsExactly(stored.record(1));
  }

  @Test
  void aHolderThatLostItsSlotWritesNothing() {
    stored.acquire(0);
    SlotView held = stored.slot();
    stored.fallSilent();
    stored.client.setPartitioned(false);
    assertThat(stored.machine.finish(held, stored.record(1), true)).isFalse();
    assertThat(stored.machine.fail(held, stored.desired(), stored.alert(1), stored.record(0)))
        .isFalse();
    assertThat(stored.seen().proven()).isZero();
    assertThat(stored.seen().alert()).isEmpty();
    assertThat(stored.user.machines(Stored.WEB)).isEmpty();
  }

  @Test
  void aHolderThatLostItsSlotDoesNotSayThatItGoesOn() {
    stored.acquire(0);
    Optional<SlotView> held = Optional.of(stored.slot());
    assertThat(stored.machine.saveRecord(stored.record(0), 0, held)).isTrue();
    long seen = stored.user.machine(Stored.WEB, "a").orElseThrow().modRevision();
    stored.fallSilent();
    stored.client.setPartitioned(false);
    assertThat(stored.machine.saveRecord(stored.record(1), seen, held)).isFalse();
    assertThat(stored.user.machines(Stored.WEB)).containsExactly(stored.record(0));
  }

  @Test
  void aSlotThatWasTakenAnewIsNotFinishedByItsFormerLife() {
    stored.acquire(0);
    SlotView former = stored.slot();
    stored.fallSilent();
    stored.client.setPartitioned(false);
    Session next = stored.client.openSession(Duration.ofSeconds(10));
    assertThat(stored.machine.reclaim(stored.slot(), next)).isTrue();
    assertThat(stored.machine.finish(former, stored.record(1), true)).isFalse();
    assertThat(stored.machine.finish(stored.slot(), stored.record(1), true)).isTrue();
  }

  @Test
  void aReclaimNeedsTheAdmissionThatWasSeen() {
    stored.acquire(0);
    SlotView seen = stored.slot();
    stored.machine.leave(seen, stored.record(0));
    assertThat(stored.machine.reclaim(seen, stored.session)).isFalse();
    assertThat(stored.seen().slots()).isEmpty();
  }

  @Test
  void failingRaisesTheAlertTogetherWithFreeingTheSlot() {
    stored.acquire(0);
    assertThat(
            stored.machine.fail(stored.slot(), stored.desired(), stored.alert(1), stored.record(0)))
        .isTrue();
    assertThat(stored.seen().slots()).isEmpty();
    assertThat(stored.seen().alertFor(1)).contains(stored.alert(1));
  }

  @Test
  void noAlertIsRaisedAboutWhatIsNoLongerDesired() {
    stored.acquire(0);
    Versioned<Desired> seen = stored.desired();
    stored.release();
    assertThat(stored.machine.fail(stored.slot(), seen, stored.alert(1), stored.record(0)))
        .isFalse();
    assertThat(stored.seen().alert()).isEmpty();
    assertThat(stored.slot().slot()).as("it is still held").isPresent();
  }

  @Test
  void aLossIsReportedOnceAndKeepsTheAdmission() {
    stored.acquire(0);
    SlotView held = stored.slot();
    assertThat(other.reportLost(held, stored.desired(), stored.alert(1)))
        .as("while it is held")
        .isFalse();
    stored.fallSilent();
    assertThat(other.reportLost(stored.slot(), stored.desired(), stored.alert(1))).isTrue();
    assertThat(other.reportLost(stored.slot(), stored.desired(), stored.alert(1))).isFalse();
    assertThat(stored.slot().silent()).isTrue();
  }

  @Test
  void aLossIsNotReportedOfAMachineThatCameBack() {
    stored.acquire(0);
    stored.fallSilent();
    SlotView silent = stored.slot();
    stored.client.setPartitioned(false);
    stored.machine.reclaim(silent, stored.client.openSession(Duration.ofSeconds(10)));
    assertThat(other.reportLost(silent, stored.desired(), stored.alert(1))).isFalse();
  }

  @Test
  void aProvenRevisionIsNotStartedOnceSomethingElseIsDesired() {
    Versioned<Desired> seen = stored.desired();
    stored.release();
    assertThat(stored.machine.admitProven(seen, stored.record(1), false)).isFalse();
    assertThat(stored.machine.admitProven(stored.desired(), stored.record(2), false)).isTrue();
  }

  @Test
  void aRecordIsReplacedOnlyByWhoSawIt() {
    assertThat(stored.machine.saveRecord(stored.record(1), 0, Optional.empty())).isTrue();
    assertThat(stored.machine.saveRecord(stored.record(2), 0, Optional.empty())).isFalse();
    long seen = stored.user.machine(Stored.WEB, "a").orElseThrow().modRevision();
    assertThat(stored.machine.saveRecord(stored.record(3), seen, Optional.empty())).isTrue();
    assertThat(stored.machine.saveRecord(stored.record(4), seen, Optional.empty())).isFalse();
    assertThat(stored.user.machines(Stored.WEB)).isEqualTo(List.of(stored.record(3)));
  }
}
