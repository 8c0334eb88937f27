package gantry.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

/** What a rollout has done when all is well, whatever went on meanwhile. */
final class OneOfEach {
  private OneOfEach() {}

  /**
   * On each machine one container was made, started and removed, of one image; nobody was blamed,
   * and no slot is left.
   *
   * @param events since before the rollout
   */
  static void assertDone(Fleet fleet, EngineEvents events, String label) {
    for (AgentProcess agent : fleet.agents()) {
      String machine = agent.name();
      String as = label + " on " + machine;
      assertThat(fleet.containers(machine)).as("%s: containers", as).hasSize(1);
      assertThat(events.count("create", machine)).as("%s: made", as).isEqualTo(1);
      assertThat(events.count("start", machine)).as("%s: started", as).isEqualTo(1);
      assertThat(events.count("destroy", machine)).as("%s: removed", as).isEqualTo(1);
    }
    assertThat(fleet.images()).as("%s: images", label).hasSize(1);
    assertThat(fleet.history("rollout/alert")).as("%s: alerts", label).isEmpty();
    assertThat(fleet.history("rollout/slots/").getLast().deleted()).as("slot freed").isTrue();
  }
}
