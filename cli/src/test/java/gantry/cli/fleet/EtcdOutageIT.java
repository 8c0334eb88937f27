package gantry.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.Clock;
import gantry.cli.support.Answer;
import gantry.cli.support.Eventually;
import gantry.cli.support.Servers;
import gantry.testkit.server.EtcdCluster;
import gantry.testkit.server.EtcdMember;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Rollouts through three machines under traffic whose etcd of three members loses its leader, or is
 * away as a whole. {@code -Dgantry.outage.seconds=180} lets it be away for longer.
 */
@ExtendWith(Servers.Shared.class)
@TestInstance(Lifecycle.PER_CLASS)
class EtcdOutageIT {
  private static final int LEASE_SECONDS = 3;

  /** Several leases. */
  private static final Duration OUTAGE =
      Duration.ofSeconds(Integer.getInteger("gantry.outage.seconds", 20));

  /** From etcd's return to the next step of the rollout. */
  private static final Duration GOES_ON = Duration.ofSeconds(10);

  /**
   * An operator is to be told within 5 s that etcd is not there, the start of the JVM included;
   * what that takes is printed. Tests that share their two cores with others get more time.
   */
  private static final Duration TOLD = Duration.ofSeconds(15);

  /** Of 240 a second that are asked for. */
  private static final int REQUESTS_PER_SECOND = 60;

  private @Nullable EtcdCluster etcd;
  private @Nullable Fleet fleet;
  private int version = 1;

  @BeforeAll
  void start(Servers servers) {
    etcd = EtcdCluster.start();
    fleet = new Fleet(servers, etcd).withLease(LEASE_SECONDS).running("a", "b", "c");
  }

  @AfterAll
  void end() {
    if (fleet != null) {
      fleet.close();
    }
  }

  @Test
  void aRolloutCompletesWithoutTheLeaderThatDiesInIt(Servers servers) {
    try (Traffic traffic = Traffic.to(fleet().addresses())) {
      EngineEvents events = new EngineEvents(servers);
      begin(2);
      EtcdMember leader = etcd().leader();
      leader.kill();
      long start = Clock.SYSTEM.monotonicNanos();
      fleet().awaitVersion("v" + version, 3);
      Duration took = Clock.SYSTEM.since(start);
      leader.restart();
      assertDone(traffic, events);
      System.out.printf(
          "leader of etcd killed in a rollout: over after %d ms, %d requests, 0 failed%n",
          took.toMillis(), traffic.requests());
    }
  }

  @Test
  void aRolloutStandsStillWhileEtcdIsAwayAndGoesOnWithIt(Servers servers) {
    try (Traffic traffic = Traffic.to(fleet().addresses())) {
      EngineEvents events = new EngineEvents(servers);
      begin(4);
      etcd().kill();
      EngineEvents meanwhile = new EngineEvents(servers);
      long start = Clock.SYSTEM.monotonicNanos();
      long before = traffic.requests();
      assertToldInTime("list", "shop");
      assertToldInTime("update", "shop", "-c", "web");
      Awaitility.await("the time of the outage")
          .atMost(OUTAGE.plusSeconds(30))
          .until(() -> Clock.SYSTEM.since(start).compareTo(OUTAGE) > 0);
      long served = traffic.requests() - before;
      assertThat(served).as("requests").isGreaterThan(REQUESTS_PER_SECOND * OUTAGE.toSeconds());
      assertNothingDone(meanwhile);
      etcd().restart();
      Duration goesOn = awaitNextStep();
      assertThat(goesOn).as("until the rollout went on").isLessThan(GOES_ON);
      fleet().awaitVersion("v" + version, 3);
      assertDone(traffic, events);
      System.out.printf(
          "etcd away for %d s in a rollout: %d requests meanwhile, went on %d ms after its return,"
              + " %d requests, 0 failed%n",
          OUTAGE.toSeconds(), served, goesOn.toMillis(), traffic.requests());
    }
  }

  /** Comes back when the new container of machine a runs and is not ready yet. */
  private void begin(int secondsUntilReady) {
    version++;
    fleet().web().releaseSlow("v" + version, secondsUntilReady);
    fleet().updateFirstOn("a").await().outOrFail();
    Eventually.holds("both versions run", () -> fleet().runningOn("a") == 2);
  }

  private void assertDone(Traffic traffic, EngineEvents events) {
    OneOfEach.assertDone(fleet(), events, "rollout");
    traffic.endWithoutFailure();
    assertThat(traffic.versionsByClient()).containsOnly(List.of(before(), "v" + version));
  }

  private String before() {
    return "v" + (version - 1);
  }

  private void assertToldInTime(String... command) {
    assertThat(told(command)).as("gantryd %s", command[0]).isLessThan(TOLD);
  }

  private Duration told(String... command) {
    long start = Clock.SYSTEM.monotonicNanos();
    Answer answer = fleet().gantryd(command);
    Duration took = Clock.SYSTEM.since(start);
    System.out.printf("gantryd %s without etcd: told after %d ms%n", command[0], took.toMillis());
    assertThat(answer.exitCode()).isEqualTo(4);
    assertThat(answer.err())
        .contains("etcd at " + fleet().environment().get("GANTRY_ETCD") + " does not answer: ")
        .contains("next: check that etcd runs there");
    return took;
  }

  private void assertNothingDone(EngineEvents events) {
    for (AgentProcess agent : fleet().agents()) {
      assertThat(events.of(agent.name())).as("done on %s", agent.name()).isEmpty();
      assertThat(agent.isAlive()).isTrue();
      assertThat(agent.serves(before())).as("%s serves", agent.name()).isTrue();
    }
  }

  private Duration awaitNextStep() {
    long start = Clock.SYSTEM.monotonicNanos();
    Eventually.holds(
        "traffic of a machine moves",
        () ->
            fleet().agents().stream()
                .anyMatch(
                    agent -> agent.toldAt("traffic goes to revision " + version).isPresent()));
    return Clock.SYSTEM.since(start);
  }

  private Fleet fleet() {
    return Objects.requireNonNull(fleet);
  }

  private EtcdCluster etcd() {
    return Objects.requireNonNull(etcd);
  }
}
