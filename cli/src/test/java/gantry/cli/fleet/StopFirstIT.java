package gantry.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.cli.support.Answer;
import gantry.cli.support.Distribution;
import gantry.cli.support.Eventually;
import gantry.cli.support.Servers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A component of which no two containers may run: the old one ends before the new one starts. */
@ExtendWith(Servers.Shared.class)
class StopFirstIT {
  private static final int HOLD_MILLIS = 60_000;
  private static final int SLOW_SECONDS = 2;

  @Test
  void aClientThatComesInBetweenIsAnsweredByTheNewContainer(Servers servers) {
    try (Fleet fleet = running(servers)) {
      String old = fleet.containers("a").getFirst();
      fleet.web().releaseSlow("v2", SLOW_SECONDS);
      EngineEvents events = new EngineEvents(servers);
      Distribution.Running update = fleet.start("update", "shop", "-c", "web", "--wait");
      Eventually.holds("the old one has ended", () -> !fleet.isRunning(old));
      try (WebConnection between = WebConnection.hold(fleet.agent("a").web())) {
        assertThat(between.version("/between")).isEqualTo("v2");
      }
      update.await().outOrFail();
      fleet.awaitVersion("v2", 1);
      assertThat(events.count("start", "a")).isEqualTo(1);
      assertThat(mostAtOnce(events)).isEqualTo(1);
    }
  }

  @Test
  void whatServedIsStartedAgainWhenTheNewOneNeverGetsReady(Servers servers) {
    try (Fleet fleet = running(servers)) {
      String old = fleet.containers("a").getFirst();
      fleet.web().releaseUnready();
      EngineEvents events = new EngineEvents(servers);
      Answer update = fleet.gantryd("update", "shop", "-c", "web", "--wait");
      assertThat(update.exitCode()).isEqualTo(5);
      Eventually.holds("it serves again", () -> fleet.agent("a").serves("v1"));
      assertThat(fleet.containers("a")).containsExactly(old);
      assertThat(events.count("start", "a")).as("the new one, and the old one again").isEqualTo(2);
      assertThat(mostAtOnce(events)).isEqualTo(1);
    }
  }

  private static Fleet running(Servers servers) {
    return new Fleet(servers)
        .withUpdate("\"order\": \"stop-first\"")
        .withHold(HOLD_MILLIS)
        .running("a");
  }

  /** One runs when the events begin. */
  private static int mostAtOnce(EngineEvents events) {
    int running = 1;
    int most = running;
    for (String action : events.of("a")) {
      running += action.equals("start") ? 1 : action.equals("die") ? -1 : 0;
      most = Math.max(most, running);
    }
    return most;
  }
}
