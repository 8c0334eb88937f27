package gantry.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.Clock;
import gantry.cli.support.Distribution;
import gantry.cli.support.Eventually;
import gantry.cli.support.Servers;
import gantry.testkit.server.DockerEngine;
import gantry.testkit.server.EngineSetup;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An engine that is restarted in the middle of an update, as by an upgrade of its package. */
class EngineRestartIT {
  /** Longer than an engine takes to end. */
  private static final int SLOW_START_SECONDS = 4;

  @Test
  void containersThatOutliveTheEngineServeOnAndTheUpdateCompletes() {
    DockerEngine engine = DockerEngine.start(EngineSetup.ORDINARY.withLiveRestore());
    try (Servers servers = Servers.own(engine);
        Fleet fleet = new Fleet(servers).running("a", "b")) {
      String foreign = foreign(servers);
      try (Traffic traffic = Traffic.to(fleet.addresses())) {
        Distribution.Running update = slowUpdate(fleet);
        long start = Clock.SYSTEM.monotonicNanos();
        engine.restart();
        report("with live-restore the engine was back", start);
        update.await().outOrFail();
        report("and the update over", start);
        fleet.awaitVersion("v2", 2);
        traffic.endWithoutFailure();
        assertThat(traffic.versionsByClient()).containsOnly(List.of("v1", "v2"));
      }
      assertThat(fleet.isRunning(foreign)).isTrue();
    }
  }

  @Test
  void containersThatEndWithTheEngineComeBackAndTheUpdateCompletes() {
    DockerEngine engine = DockerEngine.start();
    try (Servers servers = Servers.own(engine);
        Fleet fleet = new Fleet(servers).running("a")) {
      String foreign = foreign(servers);
      Distribution.Running update = slowUpdate(fleet);
      engine.stop();
      fleet.agent("a").awaitWords("cannot reach the container engine");
      long start = Clock.SYSTEM.monotonicNanos();
      engine.restart();
      Eventually.holds("a serves", () -> fleet.agent("a").serves("v1"));
      report("without live-restore machine a served again", start);
      update.await().outOrFail();
      report("and the update was over", start);
      fleet.awaitVersion("v2", 1);
      assertThat(fleet.isRunning(foreign)).isFalse(); // nobody was asked to start it
      assertThat(fleet.exists(foreign)).isTrue();
    }
  }

  /** An update that is under way on machine a: its container is started and not yet ready. */
  private static Distribution.Running slowUpdate(Fleet fleet) {
    fleet.web().releaseSlow("v2", SLOW_START_SECONDS);
    Distribution.Running update = fleet.updateFirstOn("a", "--wait");
    Eventually.holds("both versions run", () -> fleet.runningOn("a") == 2);
    return update;
  }

  private static String foreign(Servers servers) {
    servers.images().silent("others:latest");
    return servers.engine().docker("run", "--detach", "others:latest").strip();
  }

  private static void report(String what, long sinceNanos) {
    Duration took = Clock.SYSTEM.since(sinceNanos);
    System.out.printf("%s after %d ms%n", what, took.toMillis());
  }
}
