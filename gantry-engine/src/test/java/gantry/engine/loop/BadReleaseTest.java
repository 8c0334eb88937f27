package gantry.engine.loop;

import static gantry.testkit.container.ScriptedImage.serving;
import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.ErrorCode;
import gantry.engine.store.Alert;
import gantry.engine.store.AlertKind;
import gantry.engine.store.Phase;
import gantry.engine.store.Versioned;
import gantry.testkit.container.ScriptedImage;
import gantry.testkit.proxy.HeldConnection;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Revision 1 serves everywhere; revision 2 is bad. */
class BadReleaseTest {
  private final Fleet fleet = new Fleet(7, "a", "b", "c");

  @BeforeEach
  void serves() {
    fleet.release(serving("v1"));
    fleet.settle();
  }

  static Stream<ScriptedImage> bad() {
    return Stream.of(
        serving("v2").withExit(Duration.ZERO, 3),
        serving("v2").withExit(Duration.ofSeconds(4), 0).withAnswer(503, "starting"),
        serving("v2").withAnswer(503, "no database"),
        serving("v2").withReadyAfter(Duration.ofMinutes(1)),
        serving("v2").withPullFailing(ErrorCode.IMAGE_ACCESS_DENIED));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void aBadReleaseHurtsNobody(ScriptedImage image) {
    HeldConnection held = fleet.machine("b").connect();
    fleet.release(image);
    fleet.settle();
    assertThat(fleet.rollout().slots()).isEmpty();
    Alert alert = alert();
    for (FleetMachine machine : fleet.machines) {
      Expect.serves(fleet, machine.name, 1);
      boolean failed = machine.name.equals(alert.machine());
      assertThat(fleet.record(machine.name).phase()).isEqualTo(failed ? Phase.FAILED : Phase.READY);
    }
    assertThat(held.isAlive()).isTrue();
  }

  @Test
  void theAlertSaysWhatFailedWithItsLastLines() {
    fleet.release(serving("v2").withExit(Duration.ZERO, 3).withLines("no such flag: --x", "bye"));
    fleet.settle();
    Alert alert = alert();
    assertThat(alert.kind()).isEqualTo(AlertKind.UPDATEFAIL);
    assertThat(alert.revision()).isEqualTo(2);
    assertThat(alert.reason())
        .matches("container [0-9a-f]{12} exited with code 3 before it was ready");
    assertThat(alert.logTail()).containsExactly("no such flag: --x", "bye");
    assertThat(fleet.rollout().statusLabel()).isEqualTo("updatefail");
    assertThat(fleet.record(alert.machine()).reason()).isEqualTo(alert.reason());
    String other = alert.machine().equals("a") ? "b" : "a";
    assertThat(fleet.record(other).reason())
        .isEqualTo("held back: revision 2 failed on machine '" + alert.machine() + "'");
  }

  @Test
  void theAlertSaysWhyAContainerWasNotReady() {
    fleet.release(serving("v2").withAnswer(503, "no database"));
    fleet.settle();
    assertThat(alert().reason())
        .matches(
            "container [0-9a-f]{12} not ready after 10s:"
                + " http check: HTTP 503 from 10\\.0\\.0\\.[0-9]+:80, expected 200");
  }

  @Test
  void anImageThatCannotBePulledIsToldAsSuch() {
    fleet.release(serving("v2").withPullFailing(ErrorCode.REGISTRY_UNREACHABLE));
    fleet.settle();
    assertThat(alert().kind()).isEqualTo(AlertKind.PULLFAIL);
    assertThat(alert().reason()).isEqualTo("cannot pull shop/web:latest (scripted)");
    assertThat(fleet.rollout().statusLabel()).isEqualTo("pullfail");
  }

  @Test
  void aLogOfHugeLinesDoesNotKeepTheFailureFromBeingTold() {
    String huge = "x".repeat(200_000);
    fleet.release(serving("v2").withExit(Duration.ZERO, 1).withLines(huge, huge, huge, "the end"));
    fleet.settle();
    assertThat(alert().logTail()).hasSize(4).last().isEqualTo("the end");
  }

  @Test
  void aContainerThatFailsAfterTheSwitchGivesTheTrafficBack() {
    Fleet watching = new Fleet(3, "a", "b").updating(1, Duration.ofSeconds(30));
    watching.release(serving("v1"));
    watching.settle();
    watching.rules.servingMayEnd(); // for the moment between its end and the switch back
    watching.release(serving("v2").withExit(Duration.ofSeconds(5), 1));
    watching.settle();
    assertThat(watching.rollout().alert()).isPresent();
    Expect.serves(watching, "a", 1);
    Expect.serves(watching, "b", 1);
  }

  @Test
  void retryTriesTheSameRevisionAgain() {
    fleet.release(serving("v2").withPullFailing(ErrorCode.REGISTRY_UNREACHABLE));
    fleet.settle();
    fleet.registry.publish("shop/web", "latest", serving("v2"));
    fleet.user.retry(Fleet.WEB);
    fleet.settle();
    Expect.converged(fleet, 2);
  }

  @Test
  void retryOfWhatIsStillBadFailsAgain() {
    fleet.release(serving("v2").withAnswer(503, "no"));
    fleet.settle();
    Alert first = alert();
    fleet.user.retry(Fleet.WEB);
    fleet.settle();
    assertThat(alert().at()).isAfter(first.at().plusSeconds(9));
    fleet.machines.forEach(machine -> Expect.serves(fleet, machine.name, 1));
  }

  @Test
  void aGoodReleaseAfterABadOneGoesThroughAllMachines() {
    fleet.release(serving("v2").withExit(Duration.ZERO, 1));
    fleet.settle();
    fleet.release(serving("v3"));
    fleet.settle();
    Expect.converged(fleet, 3);
  }

  @Test
  void aFirstReleaseThatIsBadLeavesNothingBehind() {
    Fleet fresh = new Fleet(1, "a", "b");
    fresh.release(serving("v1").withExit(Duration.ZERO, 1));
    fresh.settle();
    assertThat(fresh.rollout().alert()).isPresent();
    fresh.machines.forEach(machine -> assertThat(machine.containers()).isEmpty());
  }

  @Test
  void aFirstReleaseThatFailsAfterTheSwitchLeavesNoRouteBehind() {
    Fleet fresh = new Fleet(1, "a").updating(1, Duration.ofSeconds(30));
    fresh.rules.servingMayEnd();
    fresh.release(serving("v1").withExit(Duration.ofSeconds(5), 1));
    fresh.settle();
    assertThat(fresh.machine("a").containers()).isEmpty();
    assertThat(fresh.machine("a").primaries()).as("routes to what is gone").isEmpty();
  }

  private Alert alert() {
    return fleet.rollout().alert().map(Versioned::value).orElseThrow();
  }
}
