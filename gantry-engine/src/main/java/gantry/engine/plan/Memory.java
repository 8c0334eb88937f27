package gantry.engine.plan;

import gantry.api.container.ContainerId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the loop remembers between observations. Nothing in it is needed to be right: a process that
 * starts with an empty memory looks, checks again, and goes on.
 *
 * @param probes by life
 * @param activeSinceNanos when a life was first seen to be routed to
 * @param idleSinceNanos since when a life is seen without route and connection
 * @param pulls by revision
 * @param stopping containers with a stop or kill under way
 * @param started containers that this process has started or seen running
 * @param failures why a revision's container cannot be made or started or routed to, by revision
 * @param retryNanos when to try a revision that keeps failing again
 * @param silentSinceNanos since when an admission was seen without its slot, by the admission's
 *     modification revision
 * @param slotsSinceNanos since when the slots are seen as they are
 * @param milestone how far the update under way has come; empty when none is
 */
public record Memory(
    Map<String, Probe> probes,
    Map<String, Long> activeSinceNanos,
    Map<String, Long> idleSinceNanos,
    Map<Long, PullState> pulls,
    Set<ContainerId> stopping,
    Set<ContainerId> started,
    Map<Long, String> failures,
    Map<Long, Long> retryNanos,
    Map<Long, Long> silentSinceNanos,
    long slotsSinceNanos,
    Optional<Milestone> milestone) {
  /** Nothing remembered. */
  public static final Memory EMPTY =
      new Memory(
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Set.of(),
          Set.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          0,
          Optional.empty());

  /** Copies the collections. */
  public Memory {
    probes = Map.copyOf(probes);
    activeSinceNanos = Map.copyOf(activeSinceNanos);
    idleSinceNanos = Map.copyOf(idleSinceNanos);
    pulls = Map.copyOf(pulls);
    stopping = Set.copyOf(stopping);
    started = Set.copyOf(started);
    failures = Map.copyOf(failures);
    retryNanos = Map.copyOf(retryNanos);
    silentSinceNanos = Map.copyOf(silentSinceNanos);
  }
}
