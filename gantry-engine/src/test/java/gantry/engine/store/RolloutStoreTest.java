package gantry.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.container.Image;
import gantry.api.coordination.Transaction;
import gantry.api.coordination.Write;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RolloutStoreTest {
  private final Stored stored = new Stored();

  @Test
  void eachReleaseIsANewRevisionAndTheOlderOnesStay() {
    Revision first = stored.release();
    Revision second = stored.release();
    assertThat(List.of(first.number(), second.number())).containsExactly(1L, 2L);
    assertThat(stored.desired().value())
        .isEqualTo(new Desired(2, DesiredStatus.READY, "ann@ops", Stored.TIME));
    RolloutStore fresh = new RolloutStore(stored.store.connect("fresh"), stored.clock);
    assertThat(fresh.revision(Stored.WEB, 1)).contains(first);
    assertThat(fresh.revision(Stored.WEB, 2)).contains(second);
    assertThat(fresh.revision(Stored.WEB, 3)).isEmpty();
    assertThat(fresh.revision(Stored.WEB, 0)).isEmpty();
  }

  @Test
  void aStatusKeepsTheRevision() {
    stored.release();
    stored.user.setStatus(Stored.WEB, DesiredStatus.KILLED, "bob");
    assertThat(stored.desired().value())
        .isEqualTo(new Desired(1, DesiredStatus.KILLED, "bob", Stored.TIME));
  }

  @Test
  void aReleaseMakesAStoppedComponentReadyAgain() {
    stored.release();
    stored.user.setStatus(Stored.WEB, DesiredStatus.STOPPED, "bob");
    stored.release();
    assertThat(stored.desired().value().status()).isEqualTo(DesiredStatus.READY);
  }

  @Test
  void whatWasNeverUpdatedHasNoStatusToSet() {
    assertThatThrownBy(() -> stored.user.setStatus(Stored.WEB, DesiredStatus.STOPPED, "bob"))
        .isInstanceOfSatisfying(
            GantryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND))
        .hasMessage("component 'web' was never updated: it has no revision");
  }

  @Test
  void aRetryTakesTheAlertAndTheLostMachinesAdmissionAway() {
    stored.release();
    stored.acquire(0);
    stored.fallSilent();
    new MachineStore(stored.store.connect("b"), Stored.WEB, "b")
        .reportLost(stored.slot(), stored.desired(), stored.alert(1));
    assertThat(stored.user.retry(Stored.WEB)).contains(stored.alert(1));
    assertThat(stored.seen().alert()).isEmpty();
    assertThat(stored.seen().slots()).isEmpty();
    assertThat(stored.user.retry(Stored.WEB)).as("a second one").isEmpty();
  }

  @Test
  void aRetryLeavesAHeldSlotAlone() {
    stored.release();
    stored.acquire(1);
    stored.acquire(0);
    SlotView failing = stored.seen().slots().getFirst();
    stored.machine.fail(failing, stored.desired(), stored.alert(1), stored.record(0));
    stored.user.retry(Stored.WEB);
    assertThat(stored.seen().slots()).extracting(SlotView::index).containsExactly(1);
  }

  @Test
  void aReleaseTakesAnOlderAlertAway() {
    stored.release();
    stored.acquire(0);
    stored.machine.fail(stored.slot(), stored.desired(), stored.alert(1), stored.record(0));
    stored.release();
    assertThat(stored.seen().alert()).isEmpty();
  }

  @Test
  void progressOfMachinesDoesNotWakeThoseThatWatchTheRollout() {
    AtomicInteger wakes = new AtomicInteger();
    stored.user.watch(Stored.WEB, wakes::incrementAndGet);
    stored.machine.saveRecord(stored.record(0), 0, Optional.empty());
    assertThat(wakes).hasValue(0);
    stored.release();
    assertThat(wakes).hasPositiveValue();
  }

  @Test
  void aRevisionIsReadAsItWasWritten() {
    Revision written = stored.release();
    RolloutStore fresh = new RolloutStore(stored.store.connect("fresh"), stored.clock);
    Revision read = fresh.revision(Stored.WEB, 1).orElseThrow();
    assertThat(read).isEqualTo(written);
    assertThat(read.spec().environmentVariables().keySet())
        .containsExactlyElementsOf(written.spec().environmentVariables().keySet());
  }

  @Test
  void fieldsOfANewerVersionAreIgnored() {
    put(Keys.desired(Stored.WEB), "{'revision':7,'status':'stopped','by':'x','at':'%s','new':[1]}");
    put(
        Keys.machine(Stored.WEB, "a"),
        "{'machine':'a','revision':7,'phase':'draining','reason':'','drains':"
            + "[{'container':'c','revision':6,'connections':2,'oldestSeconds':9,'peer':'x'}],"
            + "'at':'%s','load':0.5}");
    assertThat(stored.desired().value())
        .isEqualTo(new Desired(7, DesiredStatus.STOPPED, "x", Stored.TIME));
    assertThat(stored.user.machines(Stored.WEB).getFirst().drains())
        .containsExactly(new Drain("c", 6, 2, 9, 0, 0));
  }

  @Test
  void keysOfANewerVersionAreIgnored() {
    put(Keys.rollout(Stored.WEB) + "pause", "{}");
    assertThat(stored.seen()).isEqualTo(RolloutSnapshot.EMPTY);
  }

  @Test
  void aValueThatIsNotOursIsNamedAndLeftAlone() {
    put(Keys.desired(Stored.WEB), "hello");
    assertThatThrownBy(stored::seen)
        .isInstanceOf(GantryException.class)
        .hasMessageStartingWith(
            "the coordinator's value at"
                + " /gantry/v1/projects/shop/components/web/rollout/desired is not a Desired:");
  }

  @Test
  void aSnapshotPairsSlotsWithTheirAdmissions() {
    stored.release();
    stored.acquire(10);
    stored.acquire(2);
    assertThat(stored.seen().slots()).extracting(SlotView::index).containsExactly(2, 10);
    assertThat(stored.seen().slots()).noneMatch(SlotView::silent);
    stored.clock.advance(Duration.ofSeconds(5));
    assertThat(stored.seen().slots()).as("renewed").noneMatch(SlotView::silent);
    stored.fallSilent();
    assertThat(stored.seen().slots()).hasSize(2).allMatch(SlotView::silent);
  }

  private void put(String key, String json) {
    String value = json.replace('\'', '"').replace("%s", Stored.TIME.toString());
    stored.client.commit(new Transaction(List.of(), List.of(Write.put(key, value))));
  }

  @Test
  void aCanaryIsPromotedOnceAndAPauseEndsWithIt() {
    Image image = stored.release().image();
    stored.user.release(Stored.WEB, Stored.spec(), image, "ann@ops", List.of("a"));
    assertThat(stored.user.pause(Stored.WEB, true, "bob")).isFalse();
    assertThat(stored.user.pause(Stored.WEB, true, "bob")).isTrue();
    assertThat(stored.user.promote(Stored.WEB, "bob")).containsExactly("a");
    assertThat(stored.user.promote(Stored.WEB, "bob")).isEmpty();
    Desired desired = stored.user.snapshot(Stored.WEB).desired().orElseThrow().value();
    assertThat(desired).isEqualTo(new Desired(2, DesiredStatus.READY, "bob", Stored.TIME));
  }
}
