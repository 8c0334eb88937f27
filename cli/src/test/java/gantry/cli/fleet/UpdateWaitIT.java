package gantry.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.cli.support.Answer;
import gantry.cli.support.Golden;
import gantry.cli.support.Servers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@code update --wait} says at the end; that of a failed update stands in BadReleaseIT. */
@ExtendWith(Servers.Shared.class)
class UpdateWaitIT {
  @Test
  void waitsForAllMachinesOrUntilItsTimeIsOver(Servers servers) {
    try (Fleet fleet = new Fleet(servers).running("a", "b")) {
      fleet.web().release("v2");
      Answer done = fleet.gantryd("update", "shop", "-c", "web", "--wait", "--timeout", "60s");
      assertThat(done.exitCode()).isZero();
      assertThat(done.err()).isEmpty();
      assertThat(fleet.agents()).allMatch(agent -> agent.serves("v2"));
      assertThat(done.out())
          .contains("Component web on a: revision 2 of 2, ready\n")
          .contains("Component web on b: revision 2 of 2, ready\n");

      fleet.web().releaseSlow("v3", 4);
      Answer over = fleet.gantryd("update", "shop", "-c", "web", "--wait", "--timeout", "1s");
      assertThat(over.exitCode()).isEqualTo(6);
      Golden.assertMatches("fleet/update-timed-out-error.txt", over.err());
      fleet.awaitVersion("v3", 2);
    }
  }
}
