package gantry.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Revision 1 is desired, and this machine is to run it. */
class SteadyTest {
  private final Scene scene = new Scene();

  @BeforeEach
  void desired() {
    scene.desired(1).record(1);
  }

  @Test
  void doesNothingWhileItServes() {
    scene.serves(1);
    assertThat(scene.does()).isEmpty();
    assertThat(scene.says()).isEqualTo("ready");
    assertThat(scene.plan().quiet()).isTrue();
  }

  @Test
  void startsItsRevisionAgainWithoutASlot() {
    assertThat(scene.does()).containsExactly("pull 1");
    scene.here.pull(1, new PullState.Done());
    assertThat(scene.does()).containsExactly("create 1");
    scene.here.exited(1, 137);
    assertThat(scene.does()).containsExactly("start c1");
  }

  @Test
  void goesOnWhileTheCoordinatorIsAway() {
    scene.disconnected().leaseEnding().here.exited(1, 1);
    assertThat(scene.does()).containsExactly("start c1");
  }

  @Test
  void whatKeepsFailingIsTriedAgainLater() {
    scene.here.exited(1, 1).retryIn(1, Duration.ofSeconds(4));
    assertThat(scene.does()).isEmpty();
    assertThat(scene.says()).isEqualTo("unhealthy: container c1 exited with code 1");
    assertThat(scene.plan().wakeNanos())
        .isEqualTo(MachineScene.NOW + Duration.ofSeconds(4).toNanos());
  }

  @Test
  void nothingIsRoutedToAContainerThatHasEnded() {
    scene.here.running(1).routedTo(1).exited(1, 1);
    assertThat(scene.does()).containsExactly("route to 0");
    assertThat(scene.says()).isEqualTo("unhealthy: its container has ended");
    scene.here.unrouted();
    assertThat(scene.does()).containsExactly("start c1");
  }

  @Test
  void aRestartedContainerIsCheckedBeforeItIsRoutedTo() {
    scene.here.running(1).routedTo(1).running(1);
    assertThat(scene.does()).containsExactly("check c1");
    scene.here.passed(1);
    assertThat(scene.does()).containsExactly("route to 1");
  }

  @Test
  void aRestartedContainerIsRoutedToAsSoonAsItsChecksHold() {
    scene.here.running(1).passed(1).retryIn(1, Duration.ofSeconds(1));
    assertThat(scene.does()).containsExactly("route to 1");
  }

  @Test
  void routesThatWereRefusedAreTriedAgainLater() {
    scene.here.running(1).passed(1).refused(1, "port taken").retryIn(1, Duration.ofSeconds(1));
    assertThat(scene.does()).isEmpty();
    assertThat(scene.says()).isEqualTo("unhealthy: port taken");
  }

  @Test
  void aContainerThatIsBeingStoppedGetsNoTraffic() {
    scene.here.running(1).passed(1).stopping(1);
    assertThat(scene.does()).isEmpty();
    assertThat(scene.plan().quiet()).isFalse();
  }

  @Test
  void aProxyThatIsGoneIsStartedBeforeAnythingElse() {
    scene.here.running(1).proxyDown();
    assertThat(scene.does()).containsExactly("start proxy");
  }

  @Test
  void aMuteEngineIsLeftAlone() {
    scene.serves(1).here.engineMute();
    assertThat(scene.does()).isEmpty();
    assertThat(scene.says())
        .isEqualTo("ready: the container engine does not answer: connection refused");
    assertThat(scene.plan().quiet()).as("nobody may take this for the end").isFalse();
  }

  @Test
  void aMuteProxyIsLeftAlone() {
    scene.notQueued().desired(2).serves(1).here.proxyMute();
    assertThat(scene.does()).isEmpty();
    assertThat(scene.says()).isEqualTo("ready: the proxy does not answer: no answer within 5s");
    assertThat(scene.plan().quiet()).as("nobody may take this for the end").isFalse();
  }

  @Test
  void nothingHappensToWhatWasNeverUpdated() {
    Scene never = new Scene();
    assertThat(never.does()).isEmpty();
    assertThat(never.says()).isEqualTo("idle: it was never updated");
  }

  @Test
  void aProxyThatKeptItsRoutesIsNotStartedWhileTheyLeadToWhatIsShuttingDown() {
    Scene scene = new Scene().desired(1).serves(1);
    scene.here.proxyDown();
    assertThat(scene.does()).containsExactly("start proxy");
    scene.here.stopping(1);
    assertThat(scene.does()).isEmpty();
    assertThat(scene.plan().quiet()).isFalse();
  }
}
