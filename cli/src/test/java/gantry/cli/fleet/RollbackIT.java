package gantry.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.cli.support.Answer;
import gantry.cli.support.EtcdHistory.Change;
import gantry.cli.support.Eventually;
import gantry.cli.support.Golden;
import gantry.cli.support.Servers;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A release is taken back on three machines. */
@ExtendWith(Servers.Shared.class)
class RollbackIT {
  private static final Duration BACK_LIMIT = Duration.ofSeconds(2);

  @Test
  void containersThatWereKeptServeAgainAtOnceAndNoneIsStarted(Servers servers) {
    try (Fleet fleet =
        new Fleet(servers).withUpdate("\"keepPrevious\": 600000").running("a", "b", "c")) {
      fleet.web().release("v2");
      fleet.gantryd("update", "shop", "-c", "web", "--wait").outOrFail();
      List<String> kept = fleet.containers();
      assertThat(kept).hasSize(6);
      try (Traffic traffic = Traffic.to(fleet.addresses());
          WebConnection held = WebConnection.hold(fleet.agent("a").web())) {
        assertThat(held.version("/before")).isEqualTo("v2");
        Golden.assertMatches(
            "fleet/rollback.txt",
            ends(fleet.gantryd("rollback", "shop", "-c", "web", "--wait").outOrFail()));
        assertThat(held.version("/after")).isEqualTo("v2");
        Eventually.holds("every client has seen both", () -> traffic.allSaw(List.of("v2", "v1")));
        traffic.endWithoutFailure();
        System.out.printf(
            "rollback of 3 machines: traffic back %d ms after it was asked for, %d requests, 0"
                + " failed%n",
            back(fleet, 3).toMillis(), traffic.requests());
      }
      assertThat(back(fleet, 3)).isLessThan(BACK_LIMIT);
      assertThat(fleet.containers()).containsExactlyInAnyOrderElementsOf(kept);
      assertThat(outcomes(fleet))
          .containsExactly("succeeded, restores 1", "succeeded", "succeeded");
    }
  }

  @Test
  void aFailedReleaseIsTakenBackByItselfWhereThatIsWanted(Servers servers) {
    try (Fleet fleet =
        new Fleet(servers).withUpdate("\"onFailure\": \"rollback\"").running("a", "b")) {
      fleet.web().releaseExiting();
      Answer update = fleet.updateFirstOn("a", "--wait").await();
      assertThat(update.exitCode()).isEqualTo(5);
      Golden.assertMatches("fleet/taken-back-error.txt", update.err());
      fleet.awaitVersion("v1", 2);
      assertThat(outcomes(fleet)).hasSize(3).first().isEqualTo("succeeded, restores 1");
    }
  }

  /** What was told without the steps in between: which of them are seen, and when, may vary. */
  private static String ends(String told) {
    Stream<String> wish = told.lines().filter(line -> !line.startsWith("Component web on"));
    Stream<String> ends = told.lines().filter(line -> line.endsWith("3 of 3, ready")).sorted();
    return Stream.concat(wish, ends).map(line -> line + "\n").collect(Collectors.joining());
  }

  /** The last column of the history. */
  private static List<String> outcomes(Fleet fleet) {
    return fleet
        .gantryd("history", "shop", "-c", "web")
        .outOrFail()
        .lines()
        .skip(1)
        .map(line -> line.replaceAll(".*  +", ""))
        .toList();
  }

  /** From the time that is written with the wish to the last machine's word that traffic moved. */
  private static Duration back(Fleet fleet, long revision) {
    Instant asked =
        fleet.history("rollout/desired").stream()
            .map(Change::value)
            .filter(value -> value.contains("\"revision\":" + revision))
            .map(value -> Instant.parse(value.replaceAll(".*\"at\":\"([^\"]+)\".*", "$1")))
            .findFirst()
            .orElseThrow();
    Instant last =
        fleet.agents().stream()
            .map(agent -> agent.toldAt("traffic goes to revision " + revision).orElseThrow())
            .max(Comparator.naturalOrder())
            .orElseThrow();
    return Duration.between(asked, last);
  }
}
