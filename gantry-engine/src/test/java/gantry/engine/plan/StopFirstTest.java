package gantry.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Revision 1 serves, this machine holds the slot for revision 2, and nothing may run beside it. */
class StopFirstTest {
  private final Scene scene = new Scene();

  @BeforeEach
  void admitted() {
    scene.desired(2).serves(1).admitted(2).stopFirst();
  }

  @Test
  void pullsWhileTheOldOneServes() {
    assertThat(scene.does()).containsExactly("pull 2");
  }

  @Test
  void looksAfterTheOldOneDuringThePull() {
    scene.here.pull(2, new PullState.Running(1, 2)).exited(1, 1);
    assertThat(scene.does()).isNotEmpty();
  }

  @Test
  void takesTheTrafficFromTheOldOneBeforeItMakesTheNewOne() {
    scene.here.pull(2, new PullState.Done());
    assertThat(scene.does()).containsExactly("route to 0, fenced");
    assertThat(scene.says()).isEqualTo("draining");
  }

  @Test
  void waitsForTheLastConnectionOfTheOldOne() {
    scene.here.pull(2, new PullState.Done()).unrouted().drains(1, 3, Duration.ZERO, Duration.ZERO);
    assertThat(scene.does()).isEmpty();
    assertThat(scene.says()).isEqualTo("draining: container c1 is to end before it starts");
    assertThat(scene.plan().report().drains()).hasSize(1);
  }

  @Test
  void stopsTheOldOneWithoutConnections() {
    scene.here.pull(2, new PullState.Done()).unrouted();
    assertThat(scene.does()).containsExactly("stop c1");
  }

  @Test
  void makesTheNewOneOnceTheOldOneHasEndedAndKeepsThatOne() {
    scene.here.pull(2, new PullState.Done()).unrouted().exited(1, 0);
    assertThat(scene.does()).containsExactly("create 2");
  }

  @Test
  void doesNotStartWhatIsMadeBesideTheOldOne() {
    scene.here.created(2);
    assertThat(scene.does()).containsExactly("route to 0, fenced");
  }

  @Test
  void leavesTheOldOneDownWhileTheNewOneIsChecked() {
    scene.here.unrouted().exited(1, 0).running(2).failing(2, "HTTP 503", Duration.ofSeconds(1));
    assertThat(scene.does()).containsExactly("check c2");
  }

  @Test
  void switchesWithTheOldOneDown() {
    scene.here.unrouted().exited(1, 0).running(2).passed(2);
    assertThat(scene.does()).containsExactly("route to 2, fenced");
  }

  @Test
  void endsTheNewOneBeforeTheOldOneIsStartedAgain() {
    scene.here.unrouted().exited(1, 0).running(2);
    scene.noSlot().alert(2, Scene.ME, "it is no good");
    assertThat(scene.does()).containsExactly("stop c2");
    assertThat(scene.says()).startsWith("failed");
  }

  @Test
  void startsTheOldOneAgainOnceTheNewOneHasEnded() {
    scene.here.unrouted().exited(1, 0).exited(2, 1);
    scene.noSlot().alert(2, Scene.ME, "it is no good");
    assertThat(scene.does()).contains("start c1");
  }

  @Test
  void withoutItsLeaseItBringsBackWhatServed() {
    scene.here.pull(2, new PullState.Done()).unrouted().passed(1);
    scene.leaseEnding();
    assertThat(scene.does()).containsExactly("route to 1");
  }
}
