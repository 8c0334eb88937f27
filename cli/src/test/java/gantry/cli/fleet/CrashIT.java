package gantry.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.cli.support.Eventually;
import gantry.cli.support.Servers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Agents and proxies that die at bad moments, and what users notice of it: nothing. */
@ExtendWith(Servers.Shared.class)
class CrashIT {
  /** What an agent says at each step of an update; it is killed right after it. */
  private static final List<String> MOMENTS =
      List.of(
          "updating to revision",
          "pulling",
          "starting container",
          "check http:",
          "traffic goes to revision");

  @Test
  void anAgentKilledAtAnyMomentOfAnUpdateGoesOnFromThere(Servers servers) {
    try (Fleet fleet = new Fleet(servers).withLease(3).withMinHealthy(1000).running("a", "b");
        Traffic traffic = Traffic.to(fleet.addresses())) {
      int version = 1;
      for (String moment : MOMENTS) {
        version++;
        fleet.web().releaseSlow("v" + version, 1);
        killTheHolderAt(fleet, moment).start();
        fleet.awaitVersion("v" + version, 2);
        assertThat(fleet.containers("a")).as("after a kill at '%s'", moment).hasSize(1);
        assertThat(fleet.containers("b")).hasSize(1);
      }
      assertThat(fleet.history("rollout/slots/").getLast().deleted()).as("slot freed").isTrue();
      traffic.endWithoutFailure();
      assertThat(traffic.versionsByClient())
          .containsOnly(List.of("v1", "v2", "v3", "v4", "v5", "v6"));
    }
  }

  private static AgentProcess killTheHolderAt(Fleet fleet, String moment) {
    List<Long> before = fleet.agents().stream().map(agent -> agent.timesTold(moment)).toList();
    fleet.gantryd("update", "shop", "-c", "web").outOrFail();
    AtomicReference<Optional<AgentProcess>> holder = new AtomicReference<>(Optional.empty());
    Eventually.holds(
        "an agent says '" + moment + "'",
        () -> {
          holder.set(
              fleet.agents().stream()
                  .filter(a -> a.timesTold(moment) > before.get(fleet.agents().indexOf(a)))
                  .findFirst());
          return holder.get().isPresent();
        });
    holder.get().orElseThrow().kill();
    return holder.get().orElseThrow();
  }

  @Test
  void agentsThatEndDropNoConnection(Servers servers) {
    try (Fleet fleet = new Fleet(servers).running("a", "b");
        WebConnection heldA = WebConnection.hold(fleet.agent("a").web());
        WebConnection heldB = WebConnection.hold(fleet.agent("b").web());
        Traffic traffic = Traffic.to(fleet.addresses())) {
      List<String> before = fleet.containers();
      fleet.agent("a").kill();
      fleet.agent("b").stop();
      awaitMore(traffic, 100);
      fleet.agents().parallelStream().forEach(AgentProcess::start);
      fleet.awaitVersion("v1", 2);
      assertThat(heldA.version("/after")).isEqualTo("v1");
      assertThat(heldB.version("/after")).isEqualTo("v1");
      traffic.endWithoutFailure();
      assertThat(fleet.containers()).containsExactlyInAnyOrderElementsOf(before);
    }
  }

  private static void awaitMore(Traffic traffic, int requests) {
    long goal = traffic.requests() + requests;
    Eventually.holds("more requests are answered", () -> traffic.requests() >= goal);
  }
}
