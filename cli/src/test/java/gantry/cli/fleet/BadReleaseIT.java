package gantry.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.cli.support.Answer;
import gantry.cli.support.Distribution;
import gantry.cli.support.Eventually;
import gantry.cli.support.Golden;
import gantry.cli.support.Servers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A release that cannot work stops at the first machine, and nobody notices but the operator. */
@ExtendWith(Servers.Shared.class)
class BadReleaseIT {
  @Test
  void aReleaseThatNeverBecomesReadyIsHeldBackAndTold(Servers servers) {
    try (Fleet fleet = new Fleet(servers).running("a", "b", "c")) {
      List<String> before = fleet.containers();
      try (Traffic traffic = Traffic.to(fleet.addresses())) {
        fleet.web().releaseUnready();
        Answer update = fleet.updateFirstOn("a", "--wait").await();
        assertThat(update.exitCode()).isEqualTo(5);
        Golden.assertMatches("fleet/never-ready-update-error.txt", update.err());
        assertToldAndUntouched(fleet, before, "never-ready");
        Golden.assertMatches(
            "fleet/retry.txt", fleet.gantryd("retry", "shop", "-c", "web").whole());
        Eventually.holds("it fails again", () -> alerts(fleet) == 2);
        assertThat(fleet.status()).isEqualTo("updatefail");
        traffic.endWithoutFailure();
        assertThat(traffic.versionsByClient()).containsOnly(List.of("v1"));
      }
      fleet.web().release("v2");
      fleet.gantryd("update", "shop", "-c", "web").outOrFail();
      fleet.awaitVersion("v2", 3);
    }
  }

  @Test
  void aReleaseThatEndsAtOnceIsHeldBackAndTold(Servers servers) {
    try (Fleet fleet = new Fleet(servers).running("a", "b", "c")) {
      List<String> before = fleet.containers();
      try (Traffic traffic = Traffic.to(fleet.addresses())) {
        fleet.web().releaseExiting();
        Answer update = fleet.updateFirstOn("b", "--wait").await();
        assertThat(update.exitCode()).isEqualTo(5);
        Golden.assertMatches("fleet/exits-update-error.txt", update.err());
        assertToldAndUntouched(fleet, before, "exits");
        traffic.endWithoutFailure();
        assertThat(traffic.versionsByClient()).containsOnly(List.of("v1"));
      }
    }
  }

  @Test
  void aReleaseThatCannotBePulledIsTriedAgainWhenTheRegistryIsBack(Servers servers) {
    try (Fleet fleet = new Fleet(servers).running("a", "b", "c")) {
      List<String> before = fleet.containers();
      try (Traffic traffic = Traffic.to(fleet.addresses())) {
        fleet.web().release("v2");
        try {
          updateWithoutRegistry(fleet, servers);
          Eventually.holds("the pull fails", () -> fleet.status().equals("pullfail"));
          assertToldAndUntouched(fleet, before, "unpullable");
        } finally {
          servers.registry().restart();
        }
        fleet.gantryd("retry", "shop", "-c", "web").outOrFail();
        fleet.awaitVersion("v2", 3);
        Eventually.holds("every client has seen both", () -> traffic.allSaw(List.of("v1", "v2")));
        traffic.endWithoutFailure();
      }
    }
  }

  /** The registry goes away between the command, which asks it, and the machines, which pull. */
  private static void updateWithoutRegistry(Fleet fleet, Servers servers) {
    fleet.agents().forEach(AgentProcess::pause);
    try (Distribution.Running update = fleet.start("update", "shop", "-c", "web")) {
      update.await().outOrFail();
    }
    fleet.web().forget(); // the command has pulled it, too, on the engine that all share
    servers.registry().stop();
    fleet.agent("a").resume();
    fleet.agent("a").awaitWords("updating to revision 2");
    fleet.agents().stream().skip(1).forEach(AgentProcess::resume);
  }

  private static void assertToldAndUntouched(Fleet fleet, List<String> before, String golden) {
    Eventually.holds(
        "the others hold back", () -> machines(fleet).out().split("held back").length == 3);
    Golden.assertMatches("fleet/" + golden + "-machines.txt", machines(fleet).whole());
    Golden.assertMatches("fleet/" + golden + "-list.txt", fleet.gantryd("list", "shop").whole());
    Eventually.passes(
        "only the old containers are left",
        () -> assertThat(fleet.containers()).containsExactlyInAnyOrderElementsOf(before));
  }

  private static Answer machines(Fleet fleet) {
    return fleet.gantryd("list", "shop", "--machines");
  }

  private static long alerts(Fleet fleet) {
    return fleet.history("rollout/alert").stream().filter(change -> !change.deleted()).count();
  }
}
