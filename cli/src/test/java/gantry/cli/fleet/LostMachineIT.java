package gantry.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.cli.support.Answer;
import gantry.cli.support.Distribution;
import gantry.cli.support.Golden;
import gantry.cli.support.Servers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A machine that dies while it updates and does not come back holds up nobody for long. */
@ExtendWith(Servers.Shared.class)
class LostMachineIT {
  @Test
  void aHolderThatIsGoneForGoodIsToldAndLeftOutByARetry(Servers servers) {
    try (Fleet fleet = new Fleet(servers).withLease(3).running("a", "b", "c");
        Traffic traffic = Traffic.to(fleet.addresses())) {
      fleet.web().releaseSlow("v2", 3);
      Answer update = loseTheHolder(fleet);
      assertThat(update.exitCode()).isEqualTo(5);
      Golden.assertMatches("fleet/lost-update-error.txt", update.err());
      assertThat(fleet.status()).isEqualTo("updatefail");
      fleet.gantryd("retry", "shop", "-c", "web").outOrFail();
      fleet.agent("b").awaitWords("runs revision 2");
      fleet.agent("c").awaitWords("runs revision 2");
      assertThat(fleet.agent("a").serves("v1")).as("the lost machine's proxy serves on").isTrue();
      fleet.agent("a").start();
      fleet.awaitVersion("v2", 3);
      traffic.endWithoutFailure();
      assertThat(traffic.versionsByClient()).containsOnly(List.of("v1", "v2"));
    }
  }

  private static Answer loseTheHolder(Fleet fleet) {
    Distribution.Running update = fleet.updateFirstOn("a", "--wait");
    fleet.agent("a").kill();
    return update.await();
  }
}
