package gantry.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.cli.support.Answer;
import gantry.cli.support.Eventually;
import gantry.cli.support.Golden;
import gantry.cli.support.Servers;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What ends a component on all machines, and what shows how it is configured. */
@ExtendWith(Servers.Shared.class)
class StopKillIT {
  @Test
  void stopWaitsForConnectionsKillDoesNotAndUpdateStartsAgain(Servers servers) throws IOException {
    try (Fleet fleet = new Fleet(servers).running("a", "b", "c")) {
      assertThat(fleet.gantryd("getconfig", "shop"))
          .isEqualTo(new Answer(0, Files.readString(fleet.config()), ""));
      stopsWhenTheLastConnectionHasEnded(fleet);
      fleet.gantryd("update", "shop", "-c", "web").outOrFail();
      fleet.awaitVersion("v1", 3);
      killsAtOnce(fleet);
    }
  }

  private static void stopsWhenTheLastConnectionHasEnded(Fleet fleet) {
    try (WebConnection held = WebConnection.hold(fleet.agent("b").web())) {
      assertThat(held.version("/before")).isEqualTo("v1");
      Golden.assertMatches("fleet/stop.txt", fleet.gantryd("stop", "shop", "-c", "web").whole());
      Eventually.holds("idle containers are gone", () -> fleet.containers().size() == 1);
      assertThat(fleet.containers("b")).hasSize(1);
      assertThat(held.version("/after")).isEqualTo("v1");
      assertNobodyListens(fleet);
    }
    Eventually.holds("the last container is gone", () -> fleet.containers().isEmpty());
    Golden.assertMatches("fleet/stopped-list.txt", fleet.gantryd("list", "shop").whole());
  }

  private static void killsAtOnce(Fleet fleet) {
    try (WebConnection held = WebConnection.hold(fleet.agent("b").web())) {
      assertThat(held.version("/before")).isEqualTo("v1");
      Golden.assertMatches("fleet/kill.txt", fleet.gantryd("kill", "shop", "-c", "web").whole());
      Eventually.holds("all containers are gone", () -> fleet.containers().isEmpty());
      Eventually.passes("no listener is left", () -> assertNobodyListens(fleet));
    }
    Golden.assertMatches("fleet/killed-list.txt", fleet.gantryd("list", "shop").whole());
  }

  private static void assertNobodyListens(Fleet fleet) {
    for (AgentProcess agent : fleet.agents()) {
      assertThat(WebConnection.isAccepted(agent.web()))
          .as("listener of machine %s", agent.name())
          .isFalse();
    }
  }
}
