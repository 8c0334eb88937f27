package gantry.engine.loop;

import static gantry.testkit.container.ScriptedImage.serving;
import static org.assertj.core.api.Assertions.assertThat;

import gantry.engine.store.Alert;
import gantry.engine.store.Phase;
import gantry.engine.store.Versioned;
import gantry.testkit.container.ScriptedImage;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Revision 1 serves; revision 2 is watched for half a minute after the switch. */
class WatchedReleaseTest {
  private static final ScriptedImage BREAKS =
      serving("v2").withBreaksAfter(Duration.ofSeconds(5)).withLines("no memory left");

  private final Fleet fleet = new Fleet(5, "a").updating(1, Duration.ofSeconds(30));
  private final FleetMachine a = fleet.machine("a");

  @BeforeEach
  void serves() {
    fleet.release(serving("v1"));
    fleet.settle();
    fleet.rules.servingMayEnd(); // from the break to the switch back
  }

  private void failsWith(String reason) {
    fleet.settle();
    Alert alert = fleet.rollout().alert().map(Versioned::value).orElseThrow();
    assertThat(alert.reason()).matches(reason);
    assertThat(alert.phase()).contains(Phase.WATCHING);
    assertThat(fleet.record("a").reason()).isEqualTo(alert.reason());
    Expect.serves(fleet, "a", 1);
  }

  @Test
  void checksThatBreakAfterTheSwitchGiveTheTrafficBack() {
    fleet.release(BREAKS);
    failsWith("http check: HTTP 503 from 10\\.0\\.0\\.[0-9]+:80, expected 200");
    assertThat(fleet.rollout().alert().orElseThrow().value().logTail())
        .containsExactly("no memory left");
  }

  @Test
  void anAgentThatStartsAfterTheSwitchBackSaysTheSame() {
    fleet.release(BREAKS);
    fleet.until(() -> a.primaries().contains(life(2)));
    fleet.until(() -> a.primaries().contains(life(1)));
    assertThat(fleet.rollout().alert()).isEmpty();
    a.die();
    a.start();
    failsWith("http check: HTTP 503 from 10\\.0\\.0\\.[0-9]+:80, expected 200");
  }

  @Test
  void anAgentThatStartsInTheMiddleOfTheWatchFindsOut() {
    fleet.release(BREAKS);
    fleet.until(() -> fleet.record("a").phase() == Phase.WATCHING);
    a.die();
    a.start();
    failsWith("http check: HTTP 503 from 10\\.0\\.0\\.[0-9]+:80, expected 200");
  }

  @Test
  void connectionsThatCannotBeMadeGiveTheTrafficBack() {
    fleet.release(serving("v2"));
    fleet.until(() -> fleet.record("a").phase() == Phase.WATCHING);
    a.proxy.refuse(life(2), true);
    for (int i = 0; i < 3; i++) {
      assertThat(a.connect().backend()).isEmpty();
    }
    failsWith("the proxy could not connect to it 3 times");
  }

  @Test
  void aRetryOfWhatBrokeAsksAnew() {
    fleet.release(BREAKS);
    fleet.settle();
    fleet.user.retry(Fleet.WEB);
    failsWith("http check: HTTP 503 .*");
  }

  @Test
  void whatGoesOnWellSucceedsAfterItsTime() {
    fleet.release(serving("v2").withBreaksAfter(Duration.ofMinutes(1)));
    long begin = fleet.clock.monotonicNanos();
    fleet.until(() -> fleet.record("a").revision() == 2);
    assertThat(fleet.clock.since(begin)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(33));
  }

  private String life(long revision) {
    return a.containers().stream()
        .filter(c -> c.revision() == revision)
        .map(c -> c.life())
        .findFirst()
        .orElse("none");
  }
}
