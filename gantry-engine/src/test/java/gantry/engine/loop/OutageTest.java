package gantry.engine.loop;

import static gantry.testkit.container.ScriptedImage.serving;
import static org.assertj.core.api.Assertions.assertThat;

import gantry.engine.store.Alert;
import gantry.engine.store.Phase;
import gantry.engine.store.Versioned;
import gantry.testkit.proxy.HeldConnection;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Something that a machine depends on goes away for a while, or for good. */
class OutageTest {
  /** A new container takes longer than this to become ready, so that there is an update to hit. */
  private static final Duration START = Duration.ofSeconds(3);

  private final Fleet fleet = new Fleet(5, "a", "b", "c");

  @BeforeEach
  void serves() {
    fleet.release(serving("v1"));
    fleet.settle();
  }

  @Test
  void anUpdateGoesOnWhenTheCoordinatorComesBackAtOnce() {
    updateHeldBy();
    partition(true);
    fleet.run(Duration.ofSeconds(2));
    partition(false);
    fleet.run(Duration.ofSeconds(30));
    fleet.settle();
    Expect.converged(fleet, 2);
  }

  @Test
  void anUpdateGoesOnWhenTheCoordinatorComesBackAfterTheLease() {
    updateHeldBy();
    partition(true);
    fleet.run(Duration.ofSeconds(60));
    partition(false);
    fleet.run(Duration.ofSeconds(30));
    fleet.settle();
    Expect.converged(fleet, 2);
  }

  @Test
  void whileTheCoordinatorIsAwayContainersAreRestartedAndDrainsGoOn() {
    HeldConnection held = fleet.machine("a").connect();
    fleet.release(serving("v2"));
    fleet.settle();
    partition(true);
    fleet.rules.mayEnd();
    fleet.machine("b").engine.crash(fleet.machine("b").container(2), 1);
    held.close();
    fleet.run(Duration.ofSeconds(30));
    Expect.serves(fleet, "a", 2);
    Expect.serves(fleet, "b", 2);
  }

  @Test
  void aHolderThatIsGoneForGoodIsToldAndOthersGoOnServing() {
    String holder = updateHeldBy();
    fleet.machine(holder).die();
    fleet.run(FleetMachine.LEASE.plusSeconds(9));
    assertThat(fleet.rollout().alert()).as("before its time").isEmpty();
    fleet.run(Duration.ofSeconds(2));
    Alert alert = fleet.rollout().alert().map(Versioned::value).orElseThrow();
    assertThat(alert.machine()).isEqualTo(holder);
    assertThat(alert.reason())
        .isEqualTo("machine '" + holder + "' was lost while updating to revision 2");
    fleet.machines.forEach(machine -> assertThat(machine.serves()).isTrue());
  }

  @Test
  void aRetryGoesOnWithoutTheMachineThatIsGone() {
    String holder = updateHeldBy();
    fleet.machine(holder).die();
    fleet.run(Duration.ofMinutes(1));
    fleet.user.retry(Fleet.WEB);
    fleet.settle();
    fleet.machines.stream()
        .filter(FleetMachine::alive)
        .forEach(machine -> Expect.serves(fleet, machine.name, 2));
    fleet.machine(holder).start();
    fleet.settle();
    Expect.converged(fleet, 2);
  }

  @Test
  void aHolderThatComesBackAfterItWasGivenUpLeavesItsUpdate() {
    String holder = updateHeldBy();
    fleet.machine(holder).die();
    fleet.run(Duration.ofMinutes(1));
    fleet.machine(holder).start();
    fleet.settle();
    Expect.serves(fleet, holder, 1);
    assertThat(fleet.record(holder).phase()).isEqualTo(Phase.FAILED);
    assertThat(fleet.rollout().slots()).isEmpty();
  }

  @Test
  void aHolderThatIsRestartedInTimeGoesOn() {
    String holder = updateHeldBy();
    fleet.machine(holder).die();
    fleet.run(FleetMachine.LEASE.plusSeconds(5));
    fleet.machine(holder).start();
    fleet.settle();
    Expect.converged(fleet, 2);
  }

  @Test
  void anEngineThatIsAwayStopsNothing() {
    updateHeldBy();
    fleet.machines.forEach(machine -> machine.engineMute(true));
    fleet.run(Duration.ofSeconds(20));
    assertThat(fleet.rollout().alert()).isEmpty();
    fleet.machines.forEach(machine -> machine.engineMute(false));
    fleet.settle();
    Expect.converged(fleet, 2);
  }

  @Test
  void aMuteProxyStopsNothing() {
    HeldConnection held = fleet.machine("a").connect();
    fleet.release(serving("v2"));
    fleet.settle();
    fleet.machine("a").proxyMute(true);
    fleet.run(Duration.ofSeconds(20));
    assertThat(fleet.machine("a").running()).containsExactly(1L, 2L);
    fleet.machine("a").proxyMute(false);
    held.close();
    fleet.settle();
    Expect.converged(fleet, 2);
  }

  @Test
  void lostAndDoubledEventsDoNoHarm() {
    fleet.machine("a").coordinator().setEventCopies(0);
    fleet.machine("b").coordinator().setEventCopies(2);
    fleet.release(serving("v2"));
    fleet.settle();
    Expect.converged(fleet, 2);
  }

  private void partition(boolean cut) {
    fleet.machines.forEach(machine -> machine.coordinator().setPartitioned(cut));
  }

  /** Begins an update and returns the machine that holds the slot. */
  private String updateHeldBy() {
    fleet.release(serving("v2").withReadyAfter(START));
    fleet.until(() -> fleet.machines.stream().anyMatch(machine -> machine.running().contains(2L)));
    return fleet.rollout().slots().getFirst().machine().orElseThrow();
  }
}
