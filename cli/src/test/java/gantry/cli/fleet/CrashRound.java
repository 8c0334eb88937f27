package gantry.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.Clock;
import gantry.cli.support.Eventually;
import gantry.cli.support.Servers;
import gantry.engine.exec.CrashPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * One rollout in which the agent of every machine, when it is its turn, halts at some points one
 * after the other, and is started again each time.
 */
final class CrashRound {
  private final Servers servers;
  private final Fleet fleet;
  private final List<CrashPoint> points;
  private final Duration limit;

  /**
   * A round that has not begun.
   *
   * @param limit how long a halt may hold up the rest
   */
  CrashRound(Servers servers, Fleet fleet, List<CrashPoint> points, Duration limit) {
    this.servers = servers;
    this.fleet = fleet;
    this.points = points;
    this.limit = limit;
  }

  /** Goes from a version that all serve to another, and says what it took. */
  String run(String from, String to) {
    try (Traffic traffic = Traffic.to(fleet.addresses())) {
      fleet.agents().parallelStream().forEach(this::arm);
      fleet.web().release(to);
      EngineEvents events = new EngineEvents(servers);
      Instant asked = now();
      fleet.gantryd("update", "shop", "-c", "web").outOrFail();
      List<Instant> halts = reviveAll();
      fleet.awaitVersion(to, fleet.agents().size());
      Duration slowest = slowest(asked, halts);
      assertThat(slowest).as("%s: until the rollout went on", points).isLessThan(limit);
      OneOfEach.assertDone(fleet, events, label());
      traffic.endWithoutFailure();
      assertThat(traffic.versionsByClient()).containsOnly(List.of(from, to));
      return "%s: %d halts, %d ms at most until the rollout had gone on, %d requests, 0 failed"
          .formatted(label(), halts.size(), slowest.toMillis(), traffic.requests());
    }
  }

  private void arm(AgentProcess agent) {
    agent.stop();
    agent.startToHaltAt(points.getFirst());
  }

  /** When they halted, in order. */
  private List<Instant> reviveAll() {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return fleet.agents().stream()
          .map(agent -> CompletableFuture.supplyAsync(() -> revive(agent), threads))
          .toList()
          .stream()
          .flatMap(halts -> halts.join().stream())
          .sorted()
          .toList();
    }
  }

  private List<Instant> revive(AgentProcess agent) {
    List<Instant> halts = new ArrayList<>();
    for (int next = 1; next <= points.size(); next++) {
      CrashPoint point = points.get(next - 1);
      Eventually.holds(agent.name() + " halts at " + point.label(), () -> !agent.isAlive());
      halts.add(now());
      if (next < points.size()) {
        agent.startToHaltAt(points.get(next));
      } else {
        agent.start();
      }
    }
    return halts;
  }

  /** From the wish to the first halt, from each to the next, from the last to the end. */
  private static Duration slowest(Instant asked, List<Instant> halts) {
    Duration slowest = Duration.ZERO;
    Instant before = asked;
    List<Instant> moments = new ArrayList<>(halts);
    moments.add(now());
    for (Instant moment : moments) {
      Duration took = Duration.between(before, moment);
      slowest = took.compareTo(slowest) > 0 ? took : slowest;
      before = moment;
    }
    return slowest;
  }

  private String label() {
    return String.join(", ", points.stream().map(CrashPoint::label).toList());
  }

  private static Instant now() {
    return Clock.SYSTEM.wallTime();
  }
}
