package gantry.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.cli.support.Eventually;
import gantry.cli.support.Servers;
import gantry.engine.exec.CrashPoint;
import java.time.Duration;
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
      HeldUp heldUp = new HeldUp();
      fleet.gantryd("update", "shop", "-c", "web").outOrFail();
      int halts = reviveAll(heldUp);
      fleet.awaitVersion(to, fleet.agents().size());
      Duration slowest = heldUp.longest();
      assertThat(slowest).as("%s: until the rollout went on", points).isLessThan(limit);
      OneOfEach.assertDone(fleet, events, label());
      traffic.endWithoutFailure();
      assertThat(traffic.versionsByClient()).containsOnly(List.of(from, to));
      return "%s: %d halts, held up for %d ms, starts of %d ms, %d requests, 0 failed"
          .formatted(
              label(),
              halts,
              slowest.toMillis(),
              heldUp.longestStart().toMillis(),
              traffic.requests());
    }
  }

  private void arm(AgentProcess agent) {
    agent.stop();
    agent.startToHaltAt(points.getFirst());
  }

  /** How often one has halted. */
  private int reviveAll(HeldUp heldUp) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Void>> machines =
          fleet.agents().stream()
              .map(agent -> CompletableFuture.runAsync(() -> revive(agent, heldUp), threads))
              .toList();
      machines.forEach(CompletableFuture::join);
      return machines.size() * points.size();
    }
  }

  private void revive(AgentProcess agent, HeldUp heldUp) {
    for (int next = 1; next <= points.size(); next++) {
      CrashPoint point = points.get(next - 1);
      Eventually.holds(agent.name() + " halts at " + point.label(), () -> !agent.isAlive());
      heldUp.mark();
      CrashPoint then = next < points.size() ? points.get(next) : null;
      heldUp.starting(() -> then == null ? agent.start() : agent.startToHaltAt(then));
    }
  }

  private String label() {
    return String.join(", ", points.stream().map(CrashPoint::label).toList());
  }
}
