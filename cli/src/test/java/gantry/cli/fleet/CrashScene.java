package gantry.cli.fleet;

import static java.util.concurrent.CompletableFuture.runAsync;
import static org.assertj.core.api.Assertions.assertThat;

import gantry.cli.support.Eventually;
import gantry.cli.support.Servers;
import gantry.engine.exec.CrashPoint;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What happens on a fleet's machines while agents halt and are started again: what their engine
 * does, what clients notice, and how long it holds everything up. Agents are armed before it
 * begins.
 */
final class CrashScene implements AutoCloseable {
  private final Fleet fleet;
  private final Duration limit;
  private final EngineEvents events;
  private final Traffic traffic;
  private final boolean served;
  private final long alertsBefore;
  private final HeldUp heldUp = new HeldUp();
  private final AtomicInteger halts = new AtomicInteger();

  /**
   * Begins, with clients of some machines.
   *
   * @param limit how long a halt may hold up the rest
   * @param served the machines on which no request may fail
   */
  CrashScene(Servers servers, Fleet fleet, Duration limit, String... served) {
    this.fleet = fleet;
    this.limit = limit;
    this.alertsBefore = allAlerts();
    this.events = new EngineEvents(servers);
    List<InetSocketAddress> addresses =
        Stream.of(served).map(machine -> fleet.agent(machine).web()).toList();
    this.traffic = Traffic.to(addresses);
    this.served = !addresses.isEmpty();
  }

  /** Starts agents again, to halt at a point. */
  static void arm(Fleet fleet, CrashPoint point, String... machines) {
    Arrays.stream(machines)
        .parallel()
        .map(fleet::agent)
        .forEach(
            agent -> {
              agent.stop();
              agent.startToHaltAt(point);
            });
  }

  /** Something went on that was waited for. */
  void wentOn() {
    heldUp.mark();
  }

  /** Waits until agents have halted at a point, and starts each again. */
  void revive(CrashPoint point, String... machines) {
    each(point, AgentProcess::start, machines);
  }

  /** Waits until agents have halted at a point, and starts each again to halt at another. */
  void revive(CrashPoint point, CrashPoint next, String... machines) {
    each(point, agent -> agent.startToHaltAt(next), machines);
  }

  private void each(CrashPoint point, UnaryOperator<AgentProcess> then, String[] of) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Void>> machines =
          Stream.of(of)
              .map(fleet::agent)
              .map(agent -> runAsync(() -> again(halted(agent, point), then), threads))
              .toList();
      machines.forEach(CompletableFuture::join);
    }
  }

  private void again(AgentProcess agent, UnaryOperator<AgentProcess> start) {
    heldUp.starting(() -> start.apply(agent));
  }

  /** Starts an agent that has halted before. */
  void start(String machine) {
    again(fleet.agent(machine), AgentProcess::start);
  }

  /** Starts an agent again that was stopped, to halt at a point. */
  void startToHaltAt(CrashPoint point, String machine) {
    again(fleet.agent(machine), agent -> agent.startToHaltAt(point));
  }

  private AgentProcess halted(AgentProcess agent, CrashPoint point) {
    Eventually.holds(agent.name() + " halts at " + point.label(), () -> !agent.isAlive());
    halts.incrementAndGet();
    heldUp.mark();
    return agent;
  }

  /** The first of some machines whose agent halts at a point; it stays away. */
  String firstToHalt(CrashPoint point, String... machines) {
    AtomicReference<String> first = new AtomicReference<>("");
    Eventually.holds(
        "one halts at " + point.label(),
        () -> {
          Stream.of(machines)
              .filter(machine -> !fleet.agent(machine).isAlive())
              .findFirst()
              .ifPresent(first::set);
          return !first.get().isEmpty();
        });
    halted(fleet.agent(first.get()), point);
    return first.get();
  }

  /** How often the engine did something with containers of a machine. */
  long count(String action, String machine) {
    return events.count(action, machine);
  }

  /** Nothing was done with containers of machines that had no part in it. */
  void assertUntouched(String... machines) {
    for (String machine : machines) {
      assertThat(events.of(machine)).as("what was done on %s", machine).isEmpty();
    }
  }

  /** Alerts that were written since it began. */
  long alerts() {
    return allAlerts() - alertsBefore;
  }

  private long allAlerts() {
    return fleet.history("rollout/alert").stream().filter(change -> !change.deleted()).count();
  }

  /** Whether every client saw these versions and no others, in this order. */
  boolean allSaw(String... versions) {
    return traffic.allSaw(List.of(versions));
  }

  /**
   * Ends it: nothing was held up for too long, no slot is left, no request failed.
   *
   * @return what came out, for people
   */
  String end(CrashPoint... points) {
    Duration longest = heldUp.longest();
    String label = String.join(", ", Stream.of(points).map(CrashPoint::label).toList());
    assertThat(longest).as("%s: until it went on", label).isLessThan(limit);
    assertNoSlot(label);
    if (served) {
      traffic.endWithoutFailure();
    }
    return "%s: %d halts, held up for %d ms, starts of %d ms, %d requests, 0 failed"
        .formatted(
            label,
            halts.get(),
            longest.toMillis(),
            heldUp.longestStart().toMillis(),
            traffic.requests());
  }

  private void assertNoSlot(String label) {
    assertThat(fleet.history("rollout/slots/").getLast().deleted())
        .as("%s: slot freed", label)
        .isTrue();
    assertThat(fleet.history("rollout/admissions/").getLast().deleted())
        .as("%s: admission ended", label)
        .isTrue();
  }

  @Override
  public void close() {
    traffic.close();
  }
}
