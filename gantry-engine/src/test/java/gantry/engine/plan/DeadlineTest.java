package gantry.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.engine.plan.Step.Stage;
import gantry.engine.spec.OnFailure;
import gantry.engine.spec.UpdateSpec;
import gantry.engine.store.AlertKind;
import gantry.engine.store.Phase;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Revision 1 serves, this machine holds the slot for revision 2, and may stand still for 60 s. */
class DeadlineTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Duration ALMOST = LIMIT.minusMillis(1);

  private final Scene scene = new Scene();

  @BeforeEach
  void admitted() {
    scene.desired(2).serves(1).admitted(2).progressDeadline(LIMIT);
  }

  @Test
  void aPullThatStandsStillEndsTheUpdate() {
    scene.here.pull(2, new PullState.Running(30, 120)).stands(Stage.PULLING, 30, LIMIT);
    assertThat(scene.does()).containsExactly("fail 2 updatefail");
    assertThat(scene.says())
        .isEqualTo("failed: no progress for 1m while pulling (25% of 120 bytes)");
    Action.FailUpdate fail = (Action.FailUpdate) scene.plan().actions().getFirst();
    assertThat(fail.phase()).isEqualTo(Phase.PULLING);
    assertThat(fail.kind()).isEqualTo(AlertKind.UPDATEFAIL);
    assertThat(fail.logsOf()).isEmpty();
  }

  @Test
  void onFailureIsObeyed() {
    scene
        .update(new UpdateSpec(1, Duration.ZERO, Duration.ZERO, OnFailure.ROLLBACK).within(LIMIT))
        .here
        .pull(2, new PullState.Running(0, 0))
        .stands(Stage.PULLING, 0, LIMIT);
    Action.FailUpdate fail = (Action.FailUpdate) scene.plan().actions().getFirst();
    assertThat(fail.rollback().map(r -> r.number())).contains(1L);
    assertThat(fail.reason()).isEqualTo("no progress for 1m while pulling");
  }

  @Test
  void looksAgainWhenTheTimeIsOver() {
    scene.here.pull(2, new PullState.Running(30, 120)).stands(Stage.PULLING, 30, ALMOST);
    assertThat(scene.does()).isEmpty();
    assertThat(scene.plan().wakeNanos())
        .isEqualTo(MachineScene.NOW + LIMIT.minus(ALMOST).toNanos());
  }

  @Test
  void theFirstLookBeginsTheTime() {
    scene.here.pull(2, new PullState.Running(30, 120));
    assertThat(scene.plan().wakeNanos()).isEqualTo(MachineScene.NOW + LIMIT.toNanos());
    assertThat(scene.plan().step()).contains(new Step(40, Stage.PULLING, 30));
  }

  @Test
  void moreBytesAreProgress() {
    scene.here.pull(2, new PullState.Running(31, 120)).stands(Stage.PULLING, 30, LIMIT);
    assertThat(scene.does()).isEmpty();
  }

  @Test
  void aPullThatBeginsAnewIsNoProgress() {
    scene.here.pull(2, new PullState.Running(5, 120)).stands(Stage.PULLING, 30, LIMIT);
    assertThat(scene.does()).containsExactly("fail 2 updatefail");
  }

  @Test
  void theNextStageIsProgress() {
    scene.here.pull(2, new PullState.Done()).stands(Stage.PULLING, 120, LIMIT);
    assertThat(scene.does()).containsExactly("create 2");
  }

  @Test
  void anotherReasonOfAFailingCheckIsNoProgress() {
    scene.here.running(2).failing(2, "HTTP 502", Duration.ofSeconds(9));
    scene.here.stands(Stage.CHECKING, 0, LIMIT);
    assertThat(scene.does()).containsExactly("fail 2 updatefail");
    assertThat(scene.says()).isEqualTo("failed: no progress for 1m while checking (HTTP 502)");
  }

  @Test
  void aFailureOfItsOwnIsTold() {
    scene.here.running(2).failing(2, "HTTP 503", Scene.READY_TIMEOUT);
    scene.here.stands(Stage.CHECKING, 0, LIMIT);
    assertThat(scene.says()).isEqualTo("failed: container c2 not ready after 10s: HTTP 503");
  }

  @Test
  void aSwitchThatIsNotToBeHadEndsTheUpdate() {
    scene.here.running(2).passed(2).stands(Stage.SWITCHING, 0, LIMIT);
    assertThat(scene.does()).containsExactly("fail 2 updatefail");
    assertThat(scene.says()).isEqualTo("failed: no progress for 1m while switching");
  }

  @Test
  void theWatchTakesItsTime() {
    scene.update(new UpdateSpec(1, LIMIT.multipliedBy(9)).within(LIMIT));
    scene.here.running(2).passed(2).routedTo(2, LIMIT.multipliedBy(2));
    scene.here.stands(Stage.SWITCHING, 0, LIMIT);
    assertThat(scene.says()).isEqualTo("watching");
    assertThat(scene.plan().step()).isEmpty();
  }

  @Test
  void drainingTheOldOneFirstTakesItsTime() {
    scene.update(UpdateSpec.DEFAULT.stopFirst().within(LIMIT));
    scene.here.pull(2, new PullState.Done()).unrouted().drains(1, 3, LIMIT, LIMIT);
    scene.here.stands(Stage.PULLING, 0, LIMIT);
    assertThat(scene.says()).startsWith("draining");
    assertThat(scene.plan().step()).isEmpty();
  }

  @Test
  void trafficGoesBackWhenItHadNowhereToGo() {
    scene.here.passed(1).unrouted().running(2).stands(Stage.CHECKING, 0, LIMIT);
    assertThat(scene.does()).containsExactly("route to 1, fenced");
    assertThat(scene.plan().step()).isPresent();
    scene.here.routedTo(1);
    assertThat(scene.does()).containsExactly("fail 2 updatefail");
  }

  @Test
  void whatCannotBeSeenMayTakeItsTime() {
    scene.here.pull(2, new PullState.Running(30, 120)).stands(Stage.PULLING, 30, LIMIT);
    scene.here.engineMute();
    assertThat(scene.plan().step()).isEmpty();
    assertThat(scene.does()).isEmpty();
  }

  @Test
  void withoutALeaseTheTimeStands() {
    scene.here.pull(2, new PullState.Running(30, 120)).stands(Stage.PULLING, 30, LIMIT);
    scene.leaseEnding();
    assertThat(scene.plan().step()).isEmpty();
    assertThat(scene.does()).isEmpty();
  }

  @Test
  void anotherAttemptHasItsWholeTime() {
    Step before = new Step(39, Stage.SWITCHING, 0);
    assertThat(scene.plan().step()).isPresent().get().matches(step -> step.isBeyond(before));
  }

  @Test
  void withoutADeadlineNothingIsCounted() {
    scene.progressDeadline(Duration.ZERO);
    scene.here.pull(2, new PullState.Running(0, 0)).stands(Stage.PULLING, 0, Duration.ofDays(9));
    assertThat(scene.does()).isEmpty();
    assertThat(scene.plan().step()).isEqualTo(Optional.empty());
  }
}
