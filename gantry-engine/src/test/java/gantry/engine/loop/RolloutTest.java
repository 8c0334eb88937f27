package gantry.engine.loop;

import static gantry.testkit.container.ScriptedImage.serving;
import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.ErrorCode;
import gantry.engine.event.RolloutEvent;
import gantry.engine.store.DesiredStatus;
import gantry.engine.store.Phase;
import gantry.testkit.container.Operation;
import gantry.testkit.proxy.HeldConnection;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutTest {
  private final Fleet fleet = new Fleet(1, "a", "b", "c");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void anUpdateGoesThroughAllMachines(long seed) {
    Fleet seeded = new Fleet(seed, "a", "b", "c");
    seeded.release(serving("v1"));
    seeded.settle();
    seeded.release(serving("v2"));
    seeded.settle();
    Expect.converged(seeded, 2);
  }

  @Test
  void twoMachinesAtATimeWhereThatIsAllowed() {
    fleet.updating(2, Duration.ofSeconds(5)).release(serving("v1"));
    fleet.until(() -> fleet.rollout().slots().size() == 2);
    fleet.settle();
    Expect.converged(fleet, 1);
  }

  @Test
  void aConnectionKeepsItsOldContainer() {
    fleet.release(serving("v1"));
    fleet.settle();
    HeldConnection held = fleet.machine("b").connect();
    fleet.release(serving("v2"));
    fleet.settle();
    assertThat(held.isAlive()).isTrue();
    assertThat(fleet.machine("b").running()).containsExactly(1L, 2L);
    assertThat(fleet.record("b").drains()).hasSize(1);
    held.close();
    fleet.settle();
    Expect.converged(fleet, 2);
  }

  @Test
  void severalOldRevisionsDrainAtOnce() {
    fleet.release(serving("v1"));
    fleet.settle();
    HeldConnection first = fleet.machine("a").connect();
    fleet.release(serving("v2"));
    fleet.settle();
    HeldConnection second = fleet.machine("a").connect();
    fleet.release(serving("v3"));
    fleet.settle();
    assertThat(fleet.machine("a").running()).containsExactly(1L, 2L, 3L);
    second.close();
    fleet.settle();
    assertThat(fleet.machine("a").running()).containsExactly(1L, 3L);
    assertThat(first.isAlive()).isTrue();
    first.close();
    fleet.settle();
    Expect.converged(fleet, 3);
  }

  @Test
  void aStopWaitsForOpenConnections() {
    fleet.release(serving("v1"));
    fleet.settle();
    HeldConnection held = fleet.machine("a").connect();
    fleet.rules.servingMayEnd();
    fleet.user.setStatus(Fleet.WEB, DesiredStatus.STOPPED, "ann@ops");
    fleet.settle();
    assertThat(held.isAlive()).isTrue();
    assertThat(fleet.machine("a").running()).containsExactly(1L);
    assertThat(fleet.record("a").phase()).isEqualTo(Phase.DRAINING);
    assertThat(fleet.machine("b").containers()).isEmpty();
    held.close();
    fleet.settle();
    Expect.stopped(fleet);
  }

  @Test
  void aKillDoesNotWaitForOpenConnections() {
    fleet.release(serving("v1"));
    fleet.settle();
    fleet.machine("a").connect();
    fleet.rules.mayEnd();
    fleet.user.setStatus(Fleet.WEB, DesiredStatus.KILLED, "ann@ops");
    fleet.settle();
    Expect.stopped(fleet);
  }

  @Test
  void whatWasStoppedStartsAgainWithItsRevision() {
    fleet.release(serving("v1"));
    fleet.settle();
    fleet.rules.servingMayEnd();
    fleet.user.setStatus(Fleet.WEB, DesiredStatus.STOPPED, "ann@ops");
    fleet.settle();
    fleet.user.setStatus(Fleet.WEB, DesiredStatus.READY, "ann@ops");
    fleet.settle();
    Expect.converged(fleet, 1);
  }

  @Test
  void aNewerUpdateOvertakesOneThatIsUnderWay() {
    fleet.release(serving("v1"));
    fleet.settle();
    fleet.release(serving("v2").withReadyAfter(Duration.ofSeconds(5)));
    fleet.run(Duration.ofSeconds(2));
    fleet.release(serving("v3"));
    fleet.settle();
    Expect.converged(fleet, 3);
  }

  @Test
  void aNewMachineTakesAProvenRevisionWhileOthersServe() {
    fleet.machine("c").die();
    fleet.release(serving("v1"));
    fleet.settle();
    fleet.machine("c").start();
    fleet.settle();
    Expect.converged(fleet, 1);
  }

  @Test
  void aContainerThatCrashesIsStartedAgainEachTimeALittleLater() {
    fleet.release(serving("v1"));
    fleet.settle();
    FleetMachine a = fleet.machine("a");
    fleet.rules.mayEnd();
    Duration first = timeToRecover(a);
    Duration second = timeToRecover(a);
    assertThat(first).isLessThan(Duration.ofSeconds(2));
    assertThat(second).isGreaterThan(first);
    Expect.converged(fleet, 1);
  }

  @Test
  void aTagThatMovesDuringARolloutChangesNothing() {
    fleet.release(serving("v1"));
    fleet.settle();
    String frozen = fleet.release(serving("v2")).image().id();
    fleet.until(() -> fleet.machines.stream().anyMatch(m -> m.running().contains(2L)));
    fleet.registry.publish("shop/web", "latest", serving("pushed meanwhile"));
    fleet.settle();
    Expect.converged(fleet, 2);
    assertThat(fleet.machines.stream().flatMap(machine -> machine.containers().stream()))
        .hasSize(3)
        .allMatch(container -> container.status().imageId().equals(frozen));
  }

  @Test
  void anImageThatWasPrunedIsPulledAgain() {
    fleet.release(serving("v1"));
    fleet.settle();
    fleet.rules.mayEnd();
    FleetMachine a = fleet.machine("a");
    a.lose(1);
    a.engine.faults().failNext(Operation.CREATE, ErrorCode.IMAGE_NOT_FOUND);
    a.events.clear();
    fleet.settle();
    Expect.converged(fleet, 1);
    assertThat(a.events).hasAtLeastOneElementOfType(RolloutEvent.Pulling.class);
  }

  private Duration timeToRecover(FleetMachine machine) {
    long before = fleet.clock.monotonicNanos();
    assertThat(machine.engine.crash(machine.container(1), 1)).isTrue();
    fleet.settle();
    assertThat(machine.serves()).isTrue();
    return fleet.clock.since(before);
  }

  @Test
  void aRebootedMachineStartsTheRevisionThatItRan() {
    fleet.release(serving("v1"));
    fleet.settle();
    fleet.rules.mayEnd();
    FleetMachine a = fleet.machine("a");
    a.die();
    a.proxy.kill();
    a.engine.reboot();
    a.start();
    fleet.settle();
    Expect.converged(fleet, 1);
  }

  @Test
  void aProxyThatDiedIsStartedAgain() {
    fleet.release(serving("v1"));
    fleet.settle();
    fleet.rules.servingMayEnd();
    fleet.machine("a").proxy.kill();
    fleet.settle();
    Expect.converged(fleet, 1);
  }
}
