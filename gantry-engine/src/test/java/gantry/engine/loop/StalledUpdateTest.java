package gantry.engine.loop;

import static gantry.testkit.container.ScriptedImage.serving;
import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.ErrorCode;
import gantry.engine.spec.OnFailure;
import gantry.engine.spec.UpdateSpec;
import gantry.engine.store.Alert;
import gantry.engine.store.AlertKind;
import gantry.engine.store.Phase;
import gantry.engine.store.Versioned;
import gantry.testkit.proxy.HeldConnection;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Revision 1 serves on two machines; the pulls of revision 2 begin, and come no further. */
class StalledUpdateTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final Fleet fleet = new Fleet(3, "a", "b").updating(UpdateSpec.DEFAULT.within(LIMIT));

  @BeforeEach
  void serves() {
    fleet.release(serving("v1"));
    fleet.settle();
    fleet.machines.forEach(FleetMachine::stall);
  }

  @Test
  void theUpdateFailsWhenItsTimeIsOver() {
    HeldConnection held = fleet.machine("a").connect();
    fleet.release(serving("v2"));
    long begin = fleet.clock.monotonicNanos();
    fleet.settle();
    Duration took = fleet.clock.since(begin);
    assertThat(took).isBetween(LIMIT, LIMIT.plusSeconds(2));
    Alert alert = alert();
    assertThat(alert.reason()).isEqualTo("no progress for 1m while pulling");
    assertThat(alert.kind()).isEqualTo(AlertKind.UPDATEFAIL);
    assertThat(alert.phase()).contains(Phase.PULLING);
    assertThat(fleet.rollout().slots()).isEmpty();
    Expect.serves(fleet, "a", 1);
    Expect.serves(fleet, "b", 1);
    assertThat(held.isAlive()).isTrue();
  }

  @Test
  void anAgentThatStartsAgainGivesItsWholeTime() {
    fleet.release(serving("v2"));
    fleet.until(() -> fleet.rollout().slots().stream().anyMatch(s -> s.slot().isPresent()));
    fleet.run(LIMIT.minusSeconds(5));
    fleet.machines.forEach(m -> m.restartInto(Calls.withoutFault()));
    fleet.run(LIMIT.minusSeconds(5));
    assertThat(fleet.rollout().alert()).isEmpty();
    fleet.run(Duration.ofSeconds(15));
    assertThat(alert().reason()).startsWith("no progress");
  }

  @Test
  void anEngineThatWasAwayBeginsTheTimeAnew() {
    fleet.release(serving("v2"));
    fleet.run(LIMIT.minusSeconds(5));
    fleet.machines.forEach(m -> m.engineMute(true));
    fleet.run(Duration.ofSeconds(1));
    fleet.machines.forEach(m -> m.engineMute(false));
    fleet.run(LIMIT.minusSeconds(5));
    assertThat(fleet.rollout().alert()).isEmpty();
    fleet.run(Duration.ofSeconds(15));
    assertThat(alert().reason()).startsWith("no progress");
  }

  @Test
  void onFailureIsObeyed() {
    fleet.updating(
        new UpdateSpec(1, Duration.ZERO, Duration.ZERO, OnFailure.ROLLBACK).within(LIMIT));
    fleet.release(serving("v2"));
    fleet.settle();
    assertThat(fleet.rollout().desired().orElseThrow().value().revision()).isEqualTo(3);
    assertThat(fleet.record("a").revision()).isEqualTo(3);
    assertThat(fleet.machine("a").running()).containsExactly(1L);
  }

  @Test
  void aRetryDoesNotHearOfThePullThatWasGivenUp() {
    FleetMachine b = fleet.machine("b");
    b.die();
    fleet.release(serving("v2").withPullFailing(ErrorCode.TIMED_OUT));
    fleet.settle();
    fleet.user.retry(Fleet.WEB);
    fleet.run(Duration.ofSeconds(5));
    fleet.machine("a").goOnWithTheFirst();
    fleet.run(Duration.ofSeconds(5));
    assertThat(fleet.rollout().alert()).isEmpty();
    fleet.registry.publish("shop/web", "latest", serving("v2"));
    b.start();
    fleet.machines.forEach(FleetMachine::goOn);
    fleet.settle();
    Expect.converged(fleet, 2);
  }

  private Alert alert() {
    return fleet.rollout().alert().map(Versioned::value).orElseThrow();
  }
}
