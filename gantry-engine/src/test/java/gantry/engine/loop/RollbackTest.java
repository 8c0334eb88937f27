package gantry.engine.loop;

import static gantry.testkit.container.ScriptedImage.serving;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gantry.api.GantryException;
import gantry.engine.event.RolloutEvent;
import gantry.engine.spec.OnFailure;
import gantry.engine.spec.UpdateSpec;
import gantry.engine.store.Past;
import gantry.engine.store.Revision;
import gantry.testkit.proxy.HeldConnection;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RollbackTest {
  private final Fleet fleet = new Fleet(1, "a", "b", "c");

  private static UpdateSpec keeping(Duration keepPrevious) {
    return new UpdateSpec(1, Duration.ZERO, keepPrevious, OnFailure.HALT);
  }

  private static UpdateSpec rollingBack() {
    return new UpdateSpec(1, Duration.ZERO, Duration.ZERO, OnFailure.ROLLBACK);
  }

  private Revision rollback() {
    return fleet.user.rollback(Fleet.WEB, OptionalLong.empty(), "ann@ops");
  }

  private long started(String machine) {
    return fleet.machine(machine).events.stream()
        .filter(RolloutEvent.Starting.class::isInstance)
        .count();
  }

  @Test
  void aContainerThatDrainsServesAgain() {
    fleet.release(serving("v1"));
    fleet.settle();
    HeldConnection held = fleet.machine("b").connect();
    fleet.release(serving("v2"));
    fleet.settle();
    Revision undo = rollback();
    fleet.settle();
    assertThat(undo.number()).isEqualTo(3);
    assertThat(undo.content()).isEqualTo(1);
    assertThat(held.isAlive()).isTrue();
    assertThat(started("b")).isEqualTo(2);
    assertThat(fleet.machine("b").running()).containsExactly(1L);
    assertThat(fleet.record("b").revision()).isEqualTo(3);
  }

  @Test
  void trafficIsBackInOneStepOfTheLoop() {
    drainsOn("b");
    rollback();
    fleet.machine("b").step();
    assertThat(isActive(fleet.machine("b"), 1)).isTrue();
    assertThat(fleet.record("b").revision()).isEqualTo(3);
  }

  @Test
  void trafficStaysWhenTheRollbackWasTakenBackBeforeItsAdmission() {
    drainsOn("b");
    rollback();
    fleet.machine("b").meet(Calls.overtakenBy(() -> fleet.release(serving("v3"))));
    ReconcileLoop.Step step = fleet.machine("b").step().orElseThrow();
    assertThat(isActive(fleet.machine("b"), 2)).isTrue();
    assertThat(step.again()).as("it looks again at once").isTrue();
    fleet.settle();
    assertThat(isActive(fleet.machine("b"), 4)).isTrue();
  }

  /** It runs revision 2, and what ran before has a connection. */
  private void drainsOn(String machine) {
    fleet.release(serving("v1"));
    fleet.settle();
    fleet.machine(machine).connect();
    fleet.release(serving("v2"));
    fleet.settle();
  }

  @Test
  void machinesWithoutItsContainerStartItAgainOneAfterTheOther() {
    fleet.release(serving("v1"));
    fleet.settle();
    fleet.release(serving("v2"));
    fleet.settle();
    rollback();
    fleet.until(() -> !fleet.rollout().slots().isEmpty());
    fleet.settle();
    for (String name : new String[] {"a", "b", "c"}) {
      assertThat(fleet.machine(name).running()).containsExactly(1L);
      assertThat(fleet.record(name).revision()).isEqualTo(3);
      assertThat(started(name)).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aContainerThatIsKeptIsUsedByAllMachinesAtOnce(long seed) {
    Fleet kept = new Fleet(seed, "a", "b", "c").updating(keeping(Duration.ofMinutes(1)));
    kept.release(serving("v1"));
    kept.until(
        () -> kept.machines.stream().allMatch(m -> kept.rollout().slots().isEmpty() && m.serves()));
    kept.release(serving("v2"));
    kept.run(Duration.ofSeconds(10));
    assertThat(kept.machine("a").running()).containsExactly(1L, 2L);
    kept.user.rollback(Fleet.WEB, OptionalLong.empty(), "ann@ops");
    long before = kept.clock.monotonicNanos();
    kept.until(() -> kept.machines.stream().allMatch(m -> isActive(m, 1)));
    assertThat(kept.clock.since(before)).isZero();
    assertThat(kept.rollout().slots()).isEmpty();
    kept.run(Duration.ofSeconds(70));
    kept.machines.forEach(m -> assertThat(m.running()).containsExactly(1L));
  }

  private static boolean isActive(FleetMachine machine, long content) {
    return machine.containers().stream()
        .filter(c -> c.revision() == content)
        .anyMatch(c -> machine.primaries().contains(c.life()));
  }

  @Test
  void aContainerIsKeptNoLongerThanItIsToBe() {
    fleet.updating(keeping(Duration.ofMinutes(1))).release(serving("v1"));
    fleet.run(Duration.ofSeconds(10));
    fleet.release(serving("v2"));
    fleet.run(Duration.ofSeconds(50));
    assertThat(fleet.machine("c").running()).containsExactly(1L, 2L);
    fleet.run(Duration.ofSeconds(20));
    assertThat(fleet.machine("c").running()).containsExactly(2L);
  }

  @Test
  void anAgentThatIsStartedAnewChecksAKeptContainerBeforeItServes() {
    fleet.updating(keeping(Duration.ofMinutes(1))).release(serving("v1"));
    fleet.run(Duration.ofSeconds(10));
    fleet.release(serving("v2"));
    fleet.run(Duration.ofSeconds(10));
    fleet.machine("a").die();
    fleet.machine("a").start();
    rollback();
    fleet.run(Duration.ofSeconds(10));
    assertThat(started("a")).isEqualTo(2);
    assertThat(isActive(fleet.machine("a"), 1)).isTrue();
  }

  @Test
  void aFailedUpdateIsTakenBackEverywhereWhereThatIsWanted() {
    fleet.updating(rollingBack()).release(serving("v1"));
    fleet.settle();
    fleet.release(serving("v2").withExit(Duration.ZERO, 3));
    fleet.settle();
    assertThat(fleet.rollout().desired().orElseThrow().value().revision()).isEqualTo(3);
    assertThat(fleet.rollout().alert()).isEmpty();
    assertThat(fleet.user.failure(Fleet.WEB, 2)).isPresent();
    for (String name : new String[] {"a", "b", "c"}) {
      assertThat(fleet.machine(name).running()).containsExactly(1L);
      assertThat(fleet.record(name).revision()).isEqualTo(3);
    }
  }

  @Test
  void theHistoryTellsWhatCameOfEachRevision() {
    fleet.release(serving("v1"));
    fleet.settle();
    fleet.release(serving("v2").withExit(Duration.ZERO, 3));
    fleet.settle();
    assertThat(fleet.user.history(Fleet.WEB))
        .extracting(
            past -> past.revision().number(),
            past -> past.succeeded().isPresent(),
            past -> past.failed().isPresent())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(2L, false, true),
            org.assertj.core.groups.Tuple.tuple(1L, true, false));
    assertThat(rollback().content()).isEqualTo(1);
    fleet.settle();
    Past newest = fleet.user.history(Fleet.WEB).getFirst();
    assertThat(newest.revision().restores()).isEqualTo(1);
    assertThat(newest.succeeded()).isPresent();
  }

  @Test
  void thereMustBeSomethingToGoBackTo() {
    assertThatThrownBy(this::rollback)
        .isInstanceOf(GantryException.class)
        .hasMessageContaining("was never updated");
    fleet.release(serving("v1"));
    fleet.settle();
    assertThatThrownBy(this::rollback)
        .isInstanceOf(GantryException.class)
        .hasMessageContaining("no earlier revision");
    assertThatThrownBy(() -> fleet.user.rollback(Fleet.WEB, OptionalLong.of(9), "ann@ops"))
        .hasMessageContaining("there is no such revision");
    assertThatThrownBy(() -> fleet.user.rollback(Fleet.WEB, OptionalLong.of(1), "ann@ops"))
        .hasMessageContaining("is what is desired already");
  }
}
