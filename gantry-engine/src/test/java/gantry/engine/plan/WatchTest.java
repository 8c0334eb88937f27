package gantry.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.engine.spec.OnFailure;
import gantry.engine.spec.UpdateSpec;
import gantry.engine.store.Phase;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Revision 1 served, traffic has gone to revision 2 ten seconds ago, and is watched for thirty. */
class WatchTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final String REFUSED = "the proxy could not connect to it 3 times";

  private final Scene scene = new Scene();

  @BeforeEach
  void switched() {
    scene.minHealthy(Duration.ofSeconds(30)).desired(2).serves(1).admitted(2);
    scene.here.running(2).routedTo(2, Duration.ofSeconds(10)).failingSince(2, "", 0, SECOND);
  }

  private void over() {
    scene.here.routedTo(2, Duration.ofSeconds(30));
  }

  @Test
  void waitsForTheNextCheckAndFinishesNothing() {
    assertThat(scene.does()).isEmpty();
    assertThat(scene.says()).isEqualTo("watching");
    assertThat(scene.plan().wakeNanos()).isEqualTo(MachineScene.NOW + SECOND.toNanos());
    assertThat(scene.plan().quiet()).isFalse();
  }

  @Test
  void repeatsTheChecks() {
    scene.here.failingSince(2, "", 0, Duration.ZERO);
    assertThat(scene.does()).containsExactly("check c2");
    assertThat(scene.says()).isEqualTo("watching");
  }

  @Test
  void withoutChecksItOnlyWaits() {
    scene.withoutChecks().here.failingSince(2, "", 0, Duration.ZERO);
    assertThat(scene.does()).isEmpty();
    assertThat(scene.plan().wakeNanos())
        .isEqualTo(MachineScene.NOW + Duration.ofSeconds(20).toNanos());
  }

  @Test
  void finishesWhenTheTimeIsOver() {
    over();
    assertThat(scene.does()).containsExactly("finish 2");
  }

  @Test
  void goesOnBeyondItsTimeUntilAFailingCheckIsDecided() {
    over();
    scene.here.failingSince(2, "HTTP 503", 1, SECOND);
    assertThat(scene.does()).isEmpty();
    assertThat(scene.says()).isEqualTo("watching: HTTP 503");
    scene.here.failingSince(2, "HTTP 503", 2, Duration.ZERO);
    assertThat(scene.does()).containsExactly("check c2");
    scene.here.failingSince(2, "", 0, SECOND);
    assertThat(scene.does()).containsExactly("finish 2");
  }

  @Test
  void whoeverHasJustStartedAsksBeforeItFinishes() {
    over();
    scene.here.seen(2, Duration.ZERO);
    assertThat(scene.does()).containsExactly("check c2");
  }

  @Test
  void checksThatFailThriceAreWrittenDownBeforeTrafficGoesBack() {
    scene.here.failingSince(2, "HTTP 503", 3, Duration.ZERO);
    scene.recorded(Phase.WATCHING, "");
    assertThat(scene.does()).isEmpty();
    assertThat(scene.says()).isEqualTo("watching: HTTP 503");
    assertThat(scene.plan().wakeNanos()).isLessThan(MachineScene.NOW + SECOND.toNanos());
    scene.recorded(Phase.WATCHING, "HTTP 503");
    assertThat(scene.does()).containsExactly("route to 1, fenced");
    assertThat(scene.says()).isEqualTo("watching: HTTP 503");
  }

  @Test
  void theFailureIsToldOnceTrafficIsBackWhateverTheNewContainerSaysNow() {
    scene.recorded(Phase.WATCHING, "HTTP 503").here.passed(2).routedTo(1);
    assertThat(scene.does()).containsExactly("fail 2 updatefail");
    assertThat(scene.says()).isEqualTo("failed: HTTP 503");
    Action.FailUpdate fail = (Action.FailUpdate) scene.plan().actions().getFirst();
    assertThat(fail.phase()).isEqualTo(Phase.WATCHING);
    assertThat(fail.logsOf()).contains(MachineScene.id(2));
    assertThat(fail.rollback()).isEmpty();
  }

  @Test
  void aRecordFromBeforeTheAdmissionSaysNothingOfThisAttempt() {
    scene.recorded(Phase.WATCHING, "HTTP 503").recordedBefore();
    scene.here.passed(2).routedTo(1);
    assertThat(scene.does()).containsExactly("route to 2, fenced");
  }

  @Test
  void theRecordGoesOnSayingWhyWhileNothingCanBeDone() {
    scene.recorded(Phase.WATCHING, "HTTP 503").here.passed(2).routedTo(1);
    scene.leaseEnding();
    assertThat(scene.says()).isEqualTo("watching: HTTP 503");
    scene.here.proxyDown();
    assertThat(scene.says()).isEqualTo("watching: HTTP 503");
    scene.here.engineMute();
    assertThat(scene.says()).isEqualTo("watching: HTTP 503");
  }

  @Test
  void onFailureRollbackIsObeyed() {
    Duration time = Duration.ofSeconds(30);
    scene.update(new UpdateSpec(1, time, Duration.ZERO, OnFailure.ROLLBACK));
    scene.recorded(Phase.WATCHING, "HTTP 503").here.routedTo(1);
    Action.FailUpdate fail = (Action.FailUpdate) scene.plan().actions().getFirst();
    assertThat(fail.rollback().map(r -> r.number())).isEqualTo(Optional.of(1L));
  }

  @Test
  void connectionsThatFailThriceEndIt() {
    scene.here.connectFailures(2, 2);
    assertThat(scene.does()).isEmpty();
    assertThat(scene.says()).isEqualTo("watching");
    scene.here.connectFailures(2, 3);
    assertThat(scene.does()).isEmpty();
    assertThat(scene.says()).isEqualTo("watching: " + REFUSED);
    scene.recorded(Phase.WATCHING, REFUSED);
    assertThat(scene.does()).containsExactly("route to 1, fenced");
  }

  @Test
  void withNothingToGoBackToItFailsWhereItIs() {
    Scene first = new Scene().minHealthy(Duration.ofSeconds(30)).desired(2).admitted(2);
    first.here.running(2).routedTo(2, SECOND).failingSince(2, "HTTP 503", 3, SECOND);
    first.recorded(Phase.WATCHING, "HTTP 503");
    assertThat(first.does()).containsExactly("fail 2 updatefail");
  }

  @Test
  void withoutAWatchNothingCountsAgainstIt() {
    scene.minHealthy(Duration.ZERO);
    scene.here.failingSince(2, "HTTP 503", 3, SECOND).connectFailures(2, 5);
    assertThat(scene.does()).containsExactly("finish 2");
  }

  @Test
  void aContainerWithoutPortsIsWatchedToo() {
    scene.withoutPorts().here.proxyDown().failingSince(2, "exit code 1", 3, SECOND);
    scene.minHealthy(Duration.ofMinutes(5)).recorded(Phase.WATCHING, "HTTP 503");
    assertThat(scene.says()).isEqualTo("watching: exit code 1");
    scene.recorded(Phase.WATCHING, "exit code 1");
    assertThat(scene.does()).containsExactly("fail 2 updatefail");
  }

  @Test
  void aContainerThatEndsEndsIt() {
    scene.recorded(Phase.WATCHING, "").here.exited(2, 1);
    assertThat(scene.does()).containsExactly("route to 1, fenced");
    assertThat(scene.says())
        .isEqualTo("watching: container c2 exited with code 1 soon after the switch");
  }
}
