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
class PaceIT {
  /** The containers drain still, so that no other is needed. */
  @Test
  void whatDrainsServesAgainAndItsConnectionsNeverNotice(Servers servers) {
    try (Fleet fleet = new Fleet(servers).running("a", "b");
        WebConnection onA = WebConnection.hold(fleet.agent("a").web());
        WebConnection onB = WebConnection.hold(fleet.agent("b").web())) {
      assertThat(onA.version("/before")).isEqualTo("v1");
      assertThat(onB.version("/before")).isEqualTo("v1");
      fleet.web().release("v2");
      fleet.gantryd("update", "shop", "-c", "web", "--wait").outOrFail();
      assertThat(versions(fleet)).containsExactly("v2", "v2");
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

  /** The log's first word of the rollback is written when the agent has seen it and admits it. */
  private static void report(AgentProcess agent, Instant first) {
    Instant seen = agent.toldAt("updating to revision 3").orElseThrow();
    System.out.printf(
        "rollback on machine %s: first answer %d ms after its agent took it%n",
        agent.name(), Duration.between(seen, first).toMillis());
  }

  private static List<String> versions(Fleet fleet) {
    return fleet.agents().stream()
        .map(
            agent -> {
              try (WebConnection connection = WebConnection.hold(agent.web())) {
                return connection.version("/version");
              }
            })
        .toList();
  }
}
