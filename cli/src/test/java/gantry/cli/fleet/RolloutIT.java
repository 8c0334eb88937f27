package gantry.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.Clock;
import gantry.cli.support.EtcdHistory.Change;
import gantry.cli.support.Eventually;
import gantry.cli.support.Golden;
import gantry.cli.support.Servers;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The main thing: a new image reaches three machines, and nobody notices. */
@ExtendWith(Servers.Shared.class)
class RolloutIT {
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(2);
  private static final Duration DETECTION_LIMIT = Duration.ofSeconds(1);

  @Test
  void anUpdateGoesThroughThreeMachinesOneAfterTheOtherWithoutAFailedRequest(Servers servers) {
    try (Fleet fleet = new Fleet(servers)) {
      firstRelease(fleet);
      WebConnection held = WebConnection.hold(fleet.agent("a").web());
      assertThat(held.version("/before")).isEqualTo("v1");
      String old = fleet.containers("a").getFirst();
      try (Traffic traffic = Traffic.to(fleet.addresses())) {
        fleet.web().release("v2");
        Instant start = Clock.SYSTEM.wallTime();
        String told = fleet.gantryd("update", "shop", "-c", "web").outOrFail();
        fleet.web().release("v3"); // the tag moves on; the update must not notice
        Eventually.holds("all machines run it", () -> finished(fleet) == 3);
        Duration took = Duration.between(start, Clock.SYSTEM.wallTime());
        Golden.assertMatches("fleet/update.txt", told);
        assertThat(held.version("/after")).isEqualTo("v1");
        Eventually.holds("old containers are gone but one", () -> fleet.containers().size() == 4);
        Eventually.holds("every client has seen both", () -> traffic.allSaw(List.of("v1", "v2")));
        traffic.endWithoutFailure();
        System.out.printf(
            "update of 3 machines: %d ms, %d requests, 0 failed; detected after %d ms%n",
            took.toMillis(), traffic.requests(), detection(fleet).toMillis());
      }
      assertThat(detection(fleet)).isLessThan(DETECTION_LIMIT);
      assertNeverTwoSlots(fleet.history("rollout/slots/"));
      endOfTheHeldConnection(fleet, held, old);
      fleet.awaitVersion("v2", 3);
      assertThat(fleet.images()).hasSize(1);
      Golden.assertMatches("fleet/list.txt", fleet.gantryd("list", "shop").whole());
      Golden.assertMatches(
          "fleet/list-machines.txt", fleet.gantryd("list", "shop", "--machines").whole());
    }
  }

  private static void firstRelease(Fleet fleet) {
    fleet.web().release("v1");
    Golden.assertMatches(
        "fleet/setconfig.txt",
        fleet.gantryd("setconfig", "shop", fleet.config().toString()).whole());
    Golden.assertMatches("fleet/update.txt", fleet.gantryd("update", "shop", "-c", "web").whole());
    fleet.startAgents("a", "b", "c");
    fleet.awaitVersion("v1", 3);
    Golden.assertMatches("fleet/list.txt", fleet.gantryd("list", "shop").whole());
  }

  private static long finished(Fleet fleet) {
    return fleet.agents().stream()
        .filter(agent -> agent.toldAt("runs revision 2").isPresent())
        .count();
  }

  private static Duration detection(Fleet fleet) {
    Instant desired =
        fleet.history("rollout/desired").stream()
            .map(Change::value)
            .filter(value -> value.contains("\"revision\":2"))
            .map(value -> Instant.parse(value.replaceAll(".*\"at\":\"([^\"]+)\".*", "$1")))
            .findFirst()
            .orElseThrow();
    Instant reaction =
        fleet.agents().stream()
            .flatMap(agent -> agent.toldAt("updating to revision 2").stream())
            .min(Comparator.naturalOrder())
            .orElseThrow();
    return Duration.between(desired, reaction);
  }

  /** Each slot is taken only after it was given back, and three machines had it in turn. */
  private static void assertNeverTwoSlots(List<Change> changes) {
    List<Change> second = changes.stream().filter(c -> c.deleted() || revision2(c)).toList();
    int held = 0;
    for (Change change : second) {
      held = change.deleted() ? 0 : held + 1;
      assertThat(held).as("slots held at %s", change).isLessThanOrEqualTo(1);
    }
    assertThat(second.stream().filter(c -> !c.deleted())).hasSize(3);
    assertThat(changes).extracting(Change::key).containsOnly(changes.getFirst().key());
  }

  private static boolean revision2(Change change) {
    return change.value().contains("\"revision\":2");
  }

  private static void endOfTheHeldConnection(Fleet fleet, WebConnection held, String old) {
    assertThat(fleet.isRunning(old)).isTrue();
    long start = Clock.SYSTEM.monotonicNanos();
    held.close();
    Eventually.holds("the old container is stopped", () -> !fleet.isRunning(old));
    Duration delay = Clock.SYSTEM.since(start);
    System.out.printf(
        "drained container stopped %d ms after its connection's end%n", delay.toMillis());
    assertThat(delay).isLessThan(DRAIN_LIMIT);
  }
}
