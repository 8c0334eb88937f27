package gantry.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Revision 1 serves, and this machine holds the slot for revision 2. */
class TakeoverTest {
  private final Scene scene = new Scene();

  @BeforeEach
  void admitted() {
    scene.desired(2).serves(1).admitted(2);
  }

  @Test
  void pullsFirst() {
    assertThat(scene.does()).containsExactly("pull 2");
    assertThat(scene.says()).isEqualTo("pulling");
  }

  @Test
  void waitsForThePullAndShowsHowFarItIs() {
    scene.here.pull(2, new PullState.Running(30, 120));
    assertThat(scene.does()).isEmpty();
    assertThat(scene.says()).isEqualTo("pulling: 25% of 120 bytes");
    assertThat(scene.plan().quiet()).isFalse();
  }

  @Test
  void createsWhenTheImageIsThere() {
    scene.here.pull(2, new PullState.Done());
    assertThat(scene.does()).containsExactly("create 2");
  }

  @Test
  void startsWhatWasMade() {
    scene.here.created(2);
    assertThat(scene.does()).containsExactly("start c2");
    assertThat(scene.says()).isEqualTo("starting");
  }

  @Test
  void checksWhatRuns() {
    scene.here.running(2);
    assertThat(scene.does()).containsExactly("check c2");
    assertThat(scene.says()).isEqualTo("checking: waits for http");
  }

  @Test
  void checksAgainUntilTheTimeIsOver() {
    scene.here.running(2).failing(2, "HTTP 503", Duration.ofSeconds(9));
    assertThat(scene.does()).containsExactly("check c2");
    assertThat(scene.says()).isEqualTo("checking: HTTP 503");
  }

  @Test
  void switchesOnceTheChecksHold() {
    scene.here.running(2).passed(2);
    assertThat(scene.does()).containsExactly("route to 2, fenced");
  }

  @Test
  void finishesOnceTheSwitchIsInForce() {
    scene.here.running(2).passed(2).routedTo(2, Duration.ZERO);
    assertThat(scene.does()).containsExactly("finish 2");
  }

  @Test
  void aPullThatFailsEndsTheUpdate() {
    scene.here.pull(2, new PullState.Failed("no such image"));
    assertThat(scene.does()).containsExactly("fail 2 pullfail");
    assertThat(scene.says()).isEqualTo("failed: no such image");
  }

  @Test
  void aContainerThatCannotBeMadeEndsTheUpdate() {
    scene.here.pull(2, new PullState.Done()).refused(2, "no such network");
    assertThat(scene.does()).containsExactly("fail 2 updatefail");
    assertThat(scene.says()).isEqualTo("failed: no such network");
  }

  @Test
  void aContainerThatExitsBeforeItIsReadyEndsTheUpdate() {
    scene.here.exited(2, 3).startedBefore(2);
    assertThat(scene.does()).containsExactly("fail 2 updatefail");
    assertThat(scene.says())
        .isEqualTo("failed: container c2 exited with code 3 before it was ready");
  }

  @Test
  void aContainerThatEndedBeforeThisProcessCameIsStartedAgain() {
    scene.here.exited(2, 137);
    assertThat(scene.does()).containsExactly("start c2");
  }

  @Test
  void aContainerThatIsNotReadyInTimeEndsTheUpdateWithItsReason() {
    scene.here.running(2).failing(2, "HTTP 503", Scene.READY_TIMEOUT);
    assertThat(scene.does()).containsExactly("fail 2 updatefail");
    assertThat(scene.says()).isEqualTo("failed: container c2 not ready after 10s: HTTP 503");
    Action.FailUpdate fail = (Action.FailUpdate) scene.plan().actions().getFirst();
    assertThat(fail.logsOf()).contains(MachineScene.id(2));
  }

  @Test
  void whatFailedBeforeNobodyLookedForAWhileIsAskedAgain() {
    Duration away = Duration.ofSeconds(20);
    Duration since = Scene.READY_TIMEOUT.plus(away);
    scene.here.running(2).failedBefore(2, "refused", since, away.plusSeconds(1));
    assertThat(scene.does()).containsExactly("check c2");
    scene.here.failedBefore(2, "refused", since, away); // no other could follow in time
    assertThat(scene.does()).containsExactly("fail 2 updatefail");
  }

  @Test
  void withoutChecksAContainerIsReadyWhenItHasStayedUp() {
    scene.withoutChecks().here.running(2).seen(2, Readiness.SETTLE.minusMillis(1));
    assertThat(scene.does()).isEmpty();
    scene.here.seen(2, Readiness.SETTLE);
    assertThat(scene.does()).containsExactly("route to 2, fenced");
  }

  @Test
  void afterTheSwitchTrafficGoesBackBeforeTheFailureIsTold() {
    scene.minHealthy(Duration.ofSeconds(30));
    scene.here.running(2).routedTo(2, Duration.ofSeconds(5)).exited(2, 1);
    assertThat(scene.does()).containsExactly("route to 1, fenced");
    scene.here.routedTo(1);
    assertThat(scene.does()).containsExactly("fail 2 updatefail");
  }

  @Test
  void trafficDoesNotGoBackToAContainerThatIsNotKnownToHaveServed() {
    scene.here.running(2).routedTo(2, Duration.ofSeconds(5)).exited(2, 1).running(1);
    assertThat(scene.does()).containsExactly("route to nothing, fenced");
    scene.here.unrouted();
    assertThat(scene.does()).containsExactly("fail 2 updatefail");
  }

  @Test
  void withoutALeaseNothingMovesAndTheOldContainerIsKept() {
    scene.leaseEnding().here.running(2).passed(2);
    assertThat(scene.does()).isEmpty();
    assertThat(scene.says()).isEqualTo("waiting: no lease from the coordinator");
  }

  @Test
  void withoutTheCoordinatorNothingMoves() {
    scene.disconnected().here.running(2).passed(2);
    assertThat(scene.does()).isEmpty();
  }

  @Test
  void theOldContainerIsRestartedWhileTheNewOneComesUp() {
    scene.here.exited(1, 1).pull(2, new PullState.Running(0, 0));
    assertThat(scene.does()).containsExactly("route to 0");
    scene.here.unrouted();
    assertThat(scene.does()).containsExactly("start c1");
  }

  @Test
  void withoutPortsNothingIsRouted() {
    scene.withoutPorts().here.proxyDown().running(2).passed(2);
    assertThat(scene.does()).containsExactly("finish 2");
  }

  @Test
  void nothingLeadsToAnUncheckedLifeOfWhatWasSwitchedToByAnEarlierAgent() {
    scene.here.running(2).routedTo(2).startForgotten(2).exited(2, 137).exited(1, 137);
    assertThat(scene.does()).containsExactly("route to 0");
  }

  @Test
  void whatEndedAfterTheSwitchOfAnEarlierAgentGivesWayToTheOld() {
    scene.here.running(2).routedTo(2).startForgotten(2).exited(2, 1);
    assertThat(scene.does()).containsExactly("route to 1, fenced");
  }
}
