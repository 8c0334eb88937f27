package gantry.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.Clock;
import gantry.cli.support.EtcdHistory.Change;
import gantry.cli.support.Eventually;
import gantry.cli.support.Servers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A machine that stands still while it has a slot, and goes on when it is another's turn. */
@ExtendWith(Servers.Shared.class)
class StoppedHolderIT {
  private static final Duration LEASE = Duration.ofSeconds(3);

  @Test
  void aHolderThatStoodStillTouchesAndWritesNothingOfItsUpdate(Servers servers) {
    try (Fleet fleet =
            new Fleet(servers).withLease((int) LEASE.toSeconds()).running("a", "b", "c");
        Traffic traffic = Traffic.to(fleet.addresses())) {
      stopWhileItPulls(fleet, servers);
      long stopped = Clock.SYSTEM.monotonicNanos();
      EngineEvents events = new EngineEvents(servers);
      String next = takenOver(fleet);
      Eventually.holds("3 leases are over", () -> isLongerThanThreeLeases(stopped));
      long before = fleet.history("").getLast().revision();
      fleet.agent("a").resume();
      Duration stood = Clock.SYSTEM.since(stopped);
      Eventually.holds("a waits its turn", () -> waits(fleet.agent("a")));
      assertThat(events.of("a")).as("what was done with a's containers").isEmpty();
      List<Change> since = changes(fleet, before);
      assertThat(since.stream().filter(StoppedHolderIT::isOfA))
          .as("what a has written")
          .isNotEmpty()
          .allSatisfy(StoppedHolderIT::assertOnlySaysThatItWaits);
      assertThat(since).as("%s is still at it", next).noneMatch(c -> c.key().contains("/slots/"));
      fleet.awaitVersion("v2", 3);
      traffic.endWithoutFailure();
      assertThat(traffic.versionsByClient()).containsOnly(List.of("v1", "v2"));
      assertThat(events.count("create", "a")).isEqualTo(1);
      System.out.printf(
          "a holder that stood still for %d ms: 0 container events, %d records, 0 other writes%n",
          stood.toMillis(), since.stream().filter(StoppedHolderIT::isOfA).count());
    }
  }

  /** The registry stands still, too, until the machine does, so that it is caught in its pull. */
  private static void stopWhileItPulls(Fleet fleet, Servers servers) {
    fleet.web().releaseSlow("v2", 5);
    fleet.agents().forEach(AgentProcess::pause);
    fleet.gantryd("update", "shop", "-c", "web").outOrFail();
    fleet.web().forget();
    servers.registry().pause();
    try {
      fleet.agent("a").resume();
      fleet.agent("a").awaitWords("pulling");
      Eventually.holds("its record says so", () -> isPulling(fleet));
      fleet.agent("a").pause();
    } finally {
      servers.registry().resume();
      fleet.agent("b").resume();
      fleet.agent("c").resume();
    }
  }

  private static boolean isPulling(Fleet fleet) {
    return fleet.history("machines/a").getLast().value().contains("\"phase\":\"pulling\"");
  }

  private static boolean isLongerThanThreeLeases(long stopped) {
    return Clock.SYSTEM.since(stopped).compareTo(LEASE.multipliedBy(3)) > 0;
  }

  /** Which machine has its turn after an operator's word. */
  private static String takenOver(Fleet fleet) {
    Eventually.holds("it is told", () -> !fleet.history("rollout/alert").isEmpty());
    assertThat(fleet.history("rollout/alert").getLast().value()).contains("\"machine\":\"a\"");
    fleet.gantryd("retry", "shop", "-c", "web").outOrFail();
    List<AgentProcess> others = List.of(fleet.agent("b"), fleet.agent("c"));
    Eventually.holds("another takes over", () -> others.stream().anyMatch(StoppedHolderIT::has));
    return others.stream().filter(StoppedHolderIT::has).findFirst().orElseThrow().name();
  }

  private static boolean has(AgentProcess agent) {
    return agent.toldAt("updating to revision 2").isPresent();
  }

  /** Behind the one that has its turn, or behind the one that is before it in the queue. */
  private static boolean waits(AgentProcess agent) {
    return Stream.of("waiting: for a slot: machine ", "waiting: after machine ")
        .anyMatch(words -> agent.toldAt(words).isPresent());
  }

  private static List<Change> changes(Fleet fleet, long after) {
    return fleet.history("").stream().filter(change -> change.revision() > after).toList();
  }

  private static boolean isOfA(Change change) {
    return change.key().endsWith("/machines/a") || change.value().contains("\"machine\":\"a\"");
  }

  /** After a fresh look, as a machine that waits for its turn like any other. */
  private static void assertOnlySaysThatItWaits(Change change) {
    assertThat(change.key()).endsWith("/components/web/machines/a");
    assertThat(change.value()).contains("\"phase\":\"waiting\"").contains("\"revision\":1,");
  }
}
