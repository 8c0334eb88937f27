package gantry.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.Clock;
import gantry.cli.support.Answer;
import gantry.cli.support.Distribution;
import gantry.cli.support.Eventually;
import gantry.cli.support.Golden;
import gantry.cli.support.Servers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A machine that dies while it updates and does not come back holds up nobody for long. */
@ExtendWith(Servers.Shared.class)
class LostMachineIT {
  private static final int LEASE_SECONDS = 3;
  private static final Duration LIMIT = Duration.ofSeconds(LEASE_SECONDS + 15);

  @Test
  void aHolderThatIsGoneForGoodIsToldAndLeftOutByARetry(Servers servers) {
    try (Fleet fleet = new Fleet(servers).withLease(LEASE_SECONDS).running("a", "b", "c");
        Traffic traffic = Traffic.to(fleet.addresses())) {
      fleet.web().releaseSlow("v2", 3);
      EngineEvents events = new EngineEvents(servers);
      Answer update = loseTheHolder(fleet);
      assertThat(events.of("b")).as("what was done on b").isEmpty();
      assertThat(events.of("c")).as("what was done on c").isEmpty();
      assertThat(update.exitCode()).isEqualTo(5);
      Golden.assertMatches("fleet/lost-update-error.txt", update.err());
      assertThat(fleet.status()).isEqualTo("updatefail");
      fleet.gantryd("retry", "shop", "-c", "web").outOrFail();
      fleet.agent("b").awaitWords("runs revision 2");
      fleet.agent("c").awaitWords("runs revision 2");
      assertThat(fleet.agent("a").serves("v1")).as("the lost machine's proxy serves on").isTrue();
      fleet.agent("a").start();
      fleet.awaitVersion("v2", 3);
      Eventually.holds("every client has seen both", () -> traffic.allSaw(List.of("v1", "v2")));
      traffic.endWithoutFailure();
    }
  }

  private static Answer loseTheHolder(Fleet fleet) {
    Distribution.Running update = fleet.updateFirstOn("a", "--wait");
    fleet.agent("a").kill();
    Instant killed = Clock.SYSTEM.wallTime();
    Answer answer = update.await();
    Duration told = Duration.between(killed, toldAt(fleet));
    System.out.printf("a machine that is gone for good was told after %d ms%n", told.toMillis());
    assertThat(told).isLessThan(LIMIT);
    return answer;
  }

  /** The time that the alert itself bears. */
  private static Instant toldAt(Fleet fleet) {
    String alert = fleet.history("rollout/alert").getLast().value();
    assertThat(alert).contains("\"machine\":\"a\"");
    return Instant.parse(alert.replaceAll(".*\"at\":\"([^\"]+)\".*", "$1"));
  }
}
