package gantry.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.cli.support.Answer;
import gantry.cli.support.Distribution;
import gantry.cli.support.Eventually;
import gantry.cli.support.Golden;
import gantry.cli.support.Servers;
import gantry.testkit.server.DockerEngine;
import gantry.testkit.server.EngineSetup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How drains end on several machines: by themselves, by a limit, or by hand. */
@ExtendWith(Servers.Shared.class)
class DrainPolicyIT {
  @Test
  void aDrainEndsAtItsTimeout(Servers servers) {
    endsBy(servers, "\"timeout\": 3000", "it has drained for 3s");
  }

  @Test
  void aDrainEndsWhenItsConnectionsAreSilent(Servers servers) {
    endsBy(servers, "\"idle\": 2000", "its connections have been silent for 2s");
  }

  private static void endsBy(Servers servers, String policy, String reason) {
    try (Fleet fleet = new Fleet(servers).withDrain(policy).running("a");
        WebConnection held = WebConnection.hold(fleet.agent("a").web())) {
      assertThat(held.version("/before")).isEqualTo("v1");
      update(fleet);
      fleet.agent("a").awaitWords(reason);
      fleet.awaitVersion("v2", 1);
      assertThat(held.isCut()).isTrue();
    }
  }

  @Test
  void aCutEndsTheDrainOfItsMachineAlone(Servers servers) {
    try (Fleet fleet = new Fleet(servers).running("a", "b");
        WebConnection onA = WebConnection.hold(fleet.agent("a").web());
        WebConnection onB = WebConnection.hold(fleet.agent("b").web())) {
      assertThat(onA.version("/before")).isEqualTo("v1");
      assertThat(onB.version("/before")).isEqualTo("v1");
      update(fleet);
      awaitDrains(fleet, 2);

      String out =
          fleet.gantryd("drain", "shop", "-c", "web", "--now", "--machine", "a").outOrFail();
      assertThat(out)
          .contains("Ending on a: component web, container ", ", revision 1: 1 connection, ")
          .endsWith("Component web on a: done\nComponent web: ended\n")
          .doesNotContain(" on b");
      assertThat(onA.isCut()).isTrue();
      assertThat(onB.version("/after")).isEqualTo("v1");
      assertThat(fleet.agents()).allMatch(agent -> agent.serves("v2"));
      awaitDrains(fleet, 1);

      Answer late = fleet.gantryd("drain", "shop", "-c", "web", "--timeout", "1s");
      assertThat(late.exitCode()).isEqualTo(6);
      Golden.assertMatches("fleet/drain-timed-out-error.txt", late.err());
      refusesUnknownNames(fleet);

      fleet.agent("b").kill();
      Distribution.Running cut = fleet.start("drain", "shop", "-c", "web", "--now", "-o", "json");
      Eventually.holds("b is told", () -> fleet.history("cuts/b").size() == 1);
      assertThat(onB.version("/agent-away")).isEqualTo("v1");
      fleet.agent("b").start();
      Eventually.holds("b has obeyed", onB::isCut);
      assertThat(cut.await().outOrFail()).contains("\"machine\" : \"b\"");
      Eventually.holds("nothing is left to do", () -> fleet.history("cuts/").size() == 4);
      assertThat(fleet.history("cuts/"))
          .extracting(c -> c.deleted())
          .containsExactly(false, true, false, true);
      assertThat(fleet.gantryd("drain", "shop", "-c", "web").outOrFail())
          .isEqualTo("Component web: nothing drains\n");
    }
  }

  private static void refusesUnknownNames(Fleet fleet) {
    Answer machine = fleet.gantryd("drain", "shop", "-c", "web", "--now", "--machine", "x1");
    assertThat(machine.exitCode()).isEqualTo(3);
    Golden.assertMatches("fleet/drain-no-machine-error.txt", machine.err());
    Answer component = fleet.gantryd("drain", "shop", "-c", "wbe", "--now");
    assertThat(component.exitCode()).isEqualTo(3);
    Golden.assertMatches("fleet/drain-no-component-error.txt", component.err());
  }

  @Test
  void aDrainOutlivesAgentProxyAndEngine() {
    DockerEngine engine = DockerEngine.start(EngineSetup.ORDINARY.withLiveRestore());
    try (Servers servers = Servers.own(engine);
        Fleet fleet = new Fleet(servers).running("a");
        WebConnection held = WebConnection.hold(fleet.agent("a").web())) {
      assertThat(held.version("/before")).isEqualTo("v1");
      update(fleet);
      awaitDrains(fleet, 1);
      fleet.agent("a").kill();
      fleet.agent("a").start();
      assertThat(held.version("/agent")).isEqualTo("v1");
      fleet.gantryOn("a", "proxy", "upgrade").outOrFail();
      assertThat(held.version("/proxy")).isEqualTo("v1");
      engine.restart();
      assertThat(held.version("/engine")).isEqualTo("v1");
      awaitDrains(fleet, 1);
      fleet.gantryd("drain", "shop", "-c", "web", "--now").outOrFail();
      assertThat(held.isCut()).isTrue();
      fleet.awaitVersion("v2", 1);
    }
  }

  private static void update(Fleet fleet) {
    fleet.web().release("v2");
    fleet.gantryd("update", "shop", "-c", "web", "--wait").outOrFail();
  }

  /** Lists show what is open, and for how long. */
  private static void awaitDrains(Fleet fleet, int machines) {
    Eventually.holds(
        "drains of " + machines + " machines",
        () ->
            fleet
                    .gantryd("list", "shop", "--machines")
                    .outOrFail()
                    .lines()
                    .filter(line -> line.matches(".* 1 on revision 1, oldest \\d+ second.*"))
                    .count()
                == machines);
  }
}
