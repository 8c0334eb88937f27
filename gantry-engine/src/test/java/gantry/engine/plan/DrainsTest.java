package gantry.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.engine.spec.DrainSpec;
import gantry.engine.store.DesiredStatus;
import gantry.engine.store.Drain;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Revision 3 serves; 1 and 2 are old. */
class DrainsTest {
  private final Scene scene = new Scene();

  @BeforeEach
  void serves() {
    scene.desired(3).serves(3);
  }

  @Test
  void anOldContainerStaysAsLongAsItHasAConnection() {
    scene.here.running(2).connections(2, 1);
    assertThat(scene.does()).isEmpty();
    assertThat(scene.plan().report().drains()).containsExactly(new Drain("c2", 2, 1, 90, 0, 0));
    assertThat(scene.plan().quiet()).isTrue();
  }

  @Test
  void anOldContainerIsStoppedWhenItsLastConnectionHasEnded() {
    scene.here.running(2).connections(2, 0);
    assertThat(scene.does()).containsExactly("stop c2");
  }

  @Test
  void aDrainEndsAtItsTimeout() {
    scene.drain(new DrainSpec(Duration.ofMinutes(10), Duration.ZERO));
    scene.here.running(2).drains(2, 3, Duration.ofSeconds(599), Duration.ZERO);
    assertThat(scene.does()).isEmpty();
    assertThat(scene.plan().report().drains()).containsExactly(new Drain("c2", 2, 3, 90, 599, 0));
    assertThat(scene.plan().wakeNanos()).isEqualTo(MachineScene.NOW + 1_000_000_000L);
    scene.here.drains(2, 3, Duration.ofMinutes(10), Duration.ZERO);
    assertThat(scene.does()).containsExactly("stop c2");
    assertThat(scene.plan().actions().getFirst().reason()).isEqualTo("it has drained for 10m");
  }

  @Test
  void silentConnectionsHoldNothing() {
    scene.drain(new DrainSpec(Duration.ofHours(1), Duration.ofMinutes(5)));
    scene.here.running(2).drains(2, 1, Duration.ofMinutes(9), Duration.ofSeconds(299));
    assertThat(scene.does()).isEmpty();
    scene.here.drains(2, 1, Duration.ofMinutes(9), Duration.ofMinutes(5));
    assertThat(scene.does()).containsExactly("stop c2");
  }

  @Test
  void whatTheProxyDoesNotKnowHasNotPassed() {
    scene.drain(new DrainSpec(Duration.ofMillis(1), Duration.ofMillis(1)));
    scene.here.running(2).connections(2, 1);
    assertThat(scene.does()).isEmpty();
  }

  @Test
  void withoutLimitsADrainHasNoEnd() {
    scene.here.running(2).drains(2, 1, Duration.ofDays(400), Duration.ofDays(400));
    assertThat(scene.does()).isEmpty();
  }

  @Test
  void aStopHasTheSameLimits() {
    scene.drain(new DrainSpec(Duration.ofMinutes(1), Duration.ZERO));
    scene.desired(3, DesiredStatus.STOPPED);
    scene.here.unrouted().drains(3, 5, Duration.ofMinutes(1), Duration.ZERO);
    assertThat(scene.does()).containsExactly("stop c3");
  }

  @Test
  void whatIsKeptForARollbackIsKeptFromTheLimitOn() {
    scene.keepPrevious(Duration.ofSeconds(60));
    scene.drain(new DrainSpec(Duration.ofSeconds(30), Duration.ZERO)).previous(2);
    scene.here.running(2).drains(2, 1, Duration.ofSeconds(89), Duration.ZERO);
    assertThat(scene.does()).isEmpty();
    assertThat(scene.plan().wakeNanos()).isEqualTo(MachineScene.NOW + 1_000_000_000L);
    scene.here.drains(2, 1, Duration.ofSeconds(90), Duration.ZERO);
    assertThat(scene.does()).containsExactly("stop c2");
  }

  @Test
  void eachOldContainerDrainsForItself() {
    scene.here.running(1).running(2).connections(2, 7);
    assertThat(scene.does()).containsExactly("stop c1");
  }

  @Test
  void aContainerThatIsBeingStoppedIsNotStoppedTwice() {
    scene.here.running(2).stopping(2);
    assertThat(scene.does()).isEmpty();
    assertThat(scene.plan().quiet()).isFalse();
  }

  @Test
  void whatHasEndedIsRemoved() {
    scene.here.exited(1, 0).created(2);
    assertThat(scene.does()).containsExactly("remove c1", "remove c2");
  }

  @Test
  void whatIsRoutedToIsKeptWhateverItsRevision() {
    scene.here.running(2).routedTo(2).passed(3);
    assertThat(scene.does()).containsExactly("route to 3");
  }

  @Test
  void aStopTakesTheRoutesAwayFirst() {
    scene.desired(3, DesiredStatus.STOPPED);
    assertThat(scene.does()).containsExactly("route to nothing");
  }

  @Test
  void aStopWaitsForTheLastConnection() {
    scene.desired(3, DesiredStatus.STOPPED);
    unrouted(5);
    assertThat(scene.does()).isEmpty();
    assertThat(scene.says()).isEqualTo("draining");
    unrouted(0);
    assertThat(scene.does()).containsExactly("stop c3");
  }

  @Test
  void aStopLeavesTheSlotOfAnUpdate() {
    scene.desired(4, DesiredStatus.STOPPED).admitted(4);
    assertThat(scene.does()).containsExactly("leave slot 0, run 3", "route to nothing");
  }

  @Test
  void aStopTouchesNothingWhileTheProxyIsMute() {
    scene.desired(3, DesiredStatus.STOPPED).here.proxyMute();
    assertThat(scene.does()).isEmpty();
    assertThat(scene.plan().quiet()).isFalse();
  }

  @Test
  void aKillDoesNotWait() {
    scene.desired(3, DesiredStatus.KILLED).here.connections(3, 5).running(2).connections(2, 1);
    assertThat(scene.does()).containsExactly("route to nothing", "kill c2", "kill c3");
  }

  @Test
  void aKillDoesNotNeedTheProxy() {
    scene.desired(3, DesiredStatus.KILLED).here.proxyMute();
    assertThat(scene.does()).containsExactly("kill c3");
  }

  @Test
  void stoppedMeansThatNothingIsLeft() {
    Scene stopped = new Scene().desired(3, DesiredStatus.STOPPED).record(3);
    assertThat(stopped.does()).isEmpty();
    assertThat(stopped.says()).isEqualTo("stopped");
    assertThat(stopped.plan().quiet()).isTrue();
  }

  @Test
  void whatCannotBeSeenHasNotStopped() {
    scene.desired(3, DesiredStatus.STOPPED).here.engineMute();
    assertThat(scene.does()).isEmpty();
    assertThat(scene.plan().quiet()).isFalse();
  }

  @Test
  void aCutEndsADrainThatItNames() {
    scene.cut("c2").here.running(1).connections(1, 4).running(2).connections(2, 1);
    assertThat(scene.does()).containsExactly("stop c2");
    assertThat(scene.plan().actions().getFirst().reason()).isEqualTo("its drain was ended by hand");
    scene.here.stopping(2);
    assertThat(scene.does()).as("it is on its way out").isEmpty();
  }

  @Test
  void aCutGoesWhenWhatItNamesHasEnded() {
    scene.cut("c2").here.exited(2, 0);
    assertThat(scene.does()).containsExactly("remove c2");
    Scene after = new Scene().desired(3).serves(3).cut("c2");
    assertThat(after.does()).containsExactly("settle cut, left []");
  }

  @Test
  void aCutDoesNotTouchWhatServes() {
    scene.cut("c2", "c3").here.connections(3, 9).running(2).connections(2, 1);
    assertThat(scene.does()).containsExactly("settle cut, left [c2]", "stop c2");
  }

  @Test
  void trafficDoesNotLeaveWhatACutNamesBeforeThatIsStruck() {
    scene.desired(4).restores(4, 2).cut("c3").here.running(2).passed(2);
    assertThat(scene.does()).containsExactly("settle cut, left []");
  }

  @Test
  void whatIsKeptWithoutConnectionsIsStruckToo() {
    scene.keepPrevious(Duration.ofHours(1)).previous(2).cut("c2");
    scene.here.running(2).connections(2, 0).idle(2, Duration.ofSeconds(1));
    assertThat(scene.does()).containsExactly("settle cut, left []");
  }

  @Test
  void aCutIsObeyedOnlyWhileItIsCertainToStand() {
    scene.cut("c2").disconnected().here.running(2).connections(2, 1);
    assertThat(scene.does()).isEmpty();
  }

  @Test
  void whatCannotBeSeenMayDrainStill() {
    scene.cut("c2").here.proxyMute().running(2).connections(2, 1);
    assertThat(scene.does()).isEmpty();
    Scene mute = new Scene().desired(3).serves(3).cut("c2");
    mute.here.engineMute();
    assertThat(mute.does()).isEmpty();
  }

  @Test
  void cutsMatterOnlyWhileSomethingDrains() {
    assertThat(scene.plan().focus().cuts()).isFalse();
    scene.here.running(2).connections(2, 1);
    assertThat(scene.plan().focus().cuts()).isTrue();
  }

  private void unrouted(long connections) {
    scene.here.unrouted().connections(3, connections);
  }
}
