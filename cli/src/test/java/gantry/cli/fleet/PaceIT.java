package gantry.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.cli.support.Answer;
import gantry.cli.support.Eventually;
import gantry.cli.support.Golden;
import gantry.cli.support.Servers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An operator sets the pace of a rollout. */
@ExtendWith(Servers.Shared.class)
class PaceIT {
  private static final int SLOW_SECONDS = 4;

  @Test
  void anUpdateIsTriedOnOneMachineThenPromotedPausedAndResumed(Servers servers) {
    try (Fleet fleet = new Fleet(servers).running("a", "b", "c")) {
      refusesUnknownMachines(fleet);
      tries(fleet);
      assertThat(fleet.gantryd("promote", "shop", "-c", "web").outOrFail())
          .isEqualTo("Component web: tried on a, now for all machines\n");
      fleet.awaitVersion("v2", 3);

      pausesAfterTheFirst(fleet);
      fleet.gantryd("resume", "shop", "-c", "web").outOrFail();
      fleet.awaitVersion("v3", 3);
      assertThat(history(fleet)).containsExactly("3 succeeded", "2 succeeded", "1 succeeded");
    }
  }

  /** A mistyped name would be a rollout that waits for ever. */
  private static void refusesUnknownMachines(Fleet fleet) {
    Answer unknown = fleet.gantryd("update", "shop", "-c", "web", "--machines", "a,nowhere");
    assertThat(unknown.exitCode()).isEqualTo(3);
    Golden.assertMatches("fleet/update-no-machine-error.txt", unknown.err());
    assertThat(history(fleet)).containsExactly("1 succeeded");
  }

  private static void tries(Fleet fleet) {
    List<String> onB = fleet.containers("b");
    List<String> onC = fleet.containers("c");
    fleet.web().release("v2");
    fleet.gantryd("update", "shop", "-c", "web", "--machines", "a", "--wait").outOrFail();
    String why = "held back: revision 2 is for machine 'a' until it is promoted";
    fleet.agent("b").awaitWords(why);
    fleet.agent("c").awaitWords(why);
    assertThat(fleet.versions()).containsExactly("v2", "v1", "v1");
    assertThat(fleet.containers("b")).isEqualTo(onB);
    assertThat(fleet.containers("c")).isEqualTo(onC);
    assertThat(fleet.status()).isEqualTo("canary");
    Eventually.holds("two say why they wait", () -> machines(fleet, why) == 2);
  }

  /** Who has begun ends; the others stand still until it is paused, so that they cannot begin. */
  private static void pausesAfterTheFirst(Fleet fleet) {
    List<AgentProcess> others = List.of(fleet.agent("b"), fleet.agent("c"));
    List<String> onB = fleet.containers("b");
    List<String> onC = fleet.containers("c");
    fleet.web().releaseSlow("v3", SLOW_SECONDS);
    others.forEach(AgentProcess::pause);
    fleet.gantryd("update", "shop", "-c", "web").outOrFail();
    fleet.agent("a").awaitWords("updating to revision 3");
    assertThat(fleet.gantryd("pause", "shop", "-c", "web").outOrFail())
        .isEqualTo("Component web: paused; machines that have begun go on\n");
    others.forEach(AgentProcess::resume);

    fleet.agent("a").awaitWords("runs revision 3");
    others.forEach(agent -> agent.awaitWords("the rollout of revision 3 is paused"));
    Eventually.holds("it is paused", () -> fleet.status().equals("paused"));
    assertThat(fleet.versions()).containsExactly("v3", "v2", "v2");
    assertThat(fleet.containers("b")).isEqualTo(onB);
    assertThat(fleet.containers("c")).isEqualTo(onC);
  }

  private static long machines(Fleet fleet, String why) {
    String list = fleet.gantryd("list", "shop", "--machines").outOrFail();
    return list.lines().filter(line -> line.contains(why)).count();
  }

  /** Number and outcome of each revision, the newest first. */
  private static List<String> history(Fleet fleet) {
    return fleet
        .gantryd("history", "shop", "-c", "web")
        .outOrFail()
        .lines()
        .skip(1)
        .map(line -> line.split("  +", -1))
        .map(columns -> columns[1] + " " + columns[columns.length - 1])
        .toList();
  }
}
