package gantry.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.cli.support.Eventually;
import gantry.cli.support.Servers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An operator takes a rollout back while what served before drains still. */
@ExtendWith(Servers.Shared.class)
class UndoIT {
  /** The containers drain still, so that no other is needed. */
  @Test
  void whatDrainsServesAgainAndItsConnectionsNeverNotice(Servers servers) {
    try (Fleet fleet = new Fleet(servers).withDebugLog().running("a", "b");
        WebConnection onA = WebConnection.hold(fleet.agent("a").web());
        WebConnection onB = WebConnection.hold(fleet.agent("b").web())) {
      assertThat(onA.version("/before")).isEqualTo("v1");
      assertThat(onB.version("/before")).isEqualTo("v1");
      fleet.web().release("v2");
      fleet.gantryd("update", "shop", "-c", "web", "--wait").outOrFail();
      assertThat(fleet.versions()).containsExactly("v2", "v2");
      List<String> before = fleet.containers();
      assertThat(before).hasSize(4);

      Map<String, Instant> back = rollBack(fleet);
      assertThat(before).containsAll(fleet.containers());
      assertThat(onA.version("/after")).isEqualTo("v1");
      assertThat(onB.version("/after")).isEqualTo("v1");
      back.forEach((machine, first) -> report(fleet.agent(machine), first));
    }
  }

  /** When each machine gave the first answer of the old version. */
  private static Map<String, Instant> rollBack(Fleet fleet) {
    Map<String, Instant> first = new ConcurrentHashMap<>();
    List<Thread> clients =
        fleet.agents().stream()
            .map(
                agent ->
                    Thread.ofVirtual().start(() -> first.put(agent.name(), firstAnswer(agent))))
            .toList();
    fleet.gantryd("rollback", "shop", "-c", "web").outOrFail();
    Eventually.holds("both are back", () -> first.size() == clients.size());
    return first;
  }

  private static Instant firstAnswer(AgentProcess agent) {
    Eventually.holds("v1 on " + agent.name(), () -> agent.serves("v1"));
    return Instant.now();
  }

  /** From what woke the agent to the proxy's acknowledgement, and what of it was for what. */
  private static void report(AgentProcess agent, Instant first) {
    Instant decided = agent.toldAt("AdmitProven[revision=3").orElseThrow();
    Instant woken = agent.toldLastBefore(decided, "looks again").orElseThrow();
    Instant admitted = agent.toldAt("updating to revision 3").orElseThrow();
    Instant moved = agent.toldAt("traffic goes to revision 3").orElseThrow();
    System.out.printf(
        "rollback on machine %s: traffic moved %d ms after its agent was woken"
            + " (look %d, admission %d, switch %d); first answer seen after %d ms%n",
        agent.name(),
        millis(woken, moved),
        millis(woken, decided),
        millis(decided, admitted),
        millis(admitted, moved),
        millis(woken, first));
    assertThat(woken).isBefore(moved);
  }

  private static long millis(Instant from, Instant to) {
    return Duration.between(from, to).toMillis();
  }
}
