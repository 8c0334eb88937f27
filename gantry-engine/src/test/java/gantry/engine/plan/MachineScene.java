package gantry.engine.plan;

import gantry.api.Endpoint;
import gantry.api.container.ContainerId;
import gantry.api.container.ContainerState;
import gantry.api.container.ContainerStatus;
import gantry.api.proxy.Backend;
import gantry.api.proxy.BackendStatus;
import gantry.api.proxy.Listener;
import gantry.api.proxy.Route;
import gantry.api.proxy.RouteKind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * One machine's containers, proxy and memory in a {@link Scene}. The container of revision 2 has
 * the id {@code c2}. A life that was started is seen for the first time now, unless told otherwise.
 */
final class MachineScene {
  static final long NOW = 1_000_000_000_000L;
  static final String BIND = "0.0.0.0";
  static final int EXTERNAL = 8888;
  static final int CONTAINER = 80;
  static final String OWNER = "shop/web";

  private long slotsSince = NOW;
  private final TreeMap<Long, ContainerView> containers = new TreeMap<>();
  private final Map<Long, Integer> lives = new HashMap<>();
  private final Map<String, BackendStatus> backends = new HashMap<>();
  private final Map<String, Probe> probes = new HashMap<>();
  private final Map<String, Long> activeSince = new HashMap<>();
  private final Map<String, Long> idleSince = new HashMap<>();
  private final Map<Long, PullState> pulls = new HashMap<>();
  private final Set<ContainerId> stopping = new HashSet<>();
  private final Set<ContainerId> started = new HashSet<>();
  private final Map<Long, String> failures = new HashMap<>();
  private final Map<Long, Long> retry = new HashMap<>();
  private List<Route> routes = List.of();
  private Optional<Milestone> milestone = Optional.empty();
  private Optional<ProxyView> otherProxy = Optional.empty();
  private Optional<EngineView> otherEngine = Optional.empty();

  static ContainerId id(long revision) {
    return new ContainerId("c" + revision);
  }

  MachineScene created(long revision) {
    return put(revision, ContainerState.CREATED, OptionalInt.empty(), Optional.empty());
  }

  /** Runs in a new life, first seen now. */
  MachineScene running(long revision) {
    int life = lives.merge(revision, 1, Integer::sum);
    Instant at = Scene.TIME.plusSeconds(100 * revision + life);
    put(revision, ContainerState.RUNNING, OptionalInt.empty(), Optional.of(at));
    return probe(revision, false, "", Duration.ZERO);
  }

  MachineScene exited(long revision, int code) {
    Instant at = Scene.TIME.plusSeconds(100 * revision + 1);
    return put(revision, ContainerState.EXITED, OptionalInt.of(code), Optional.of(at));
  }

  private MachineScene put(
      long revision, ContainerState state, OptionalInt code, Optional<Instant> startedAt) {
    Map<Integer, Endpoint> endpoints =
        state == ContainerState.RUNNING
            ? Map.of(CONTAINER, new Endpoint("10.0.0." + revision, CONTAINER))
            : Map.of();
    ContainerStatus status =
        new ContainerStatus(
            id(revision),
            "gantry-shop-web-a-r" + revision,
            Map.of(),
            "sha256:" + revision,
            state,
            code,
            Scene.TIME,
            startedAt,
            endpoints);
    containers.put(revision, new ContainerView(status, revision));
    return this;
  }

  String life(long revision) {
    return Objects.requireNonNull(containers.get(revision), "no such container").life();
  }

  /** The proxy leads to a revision's present life, and has for a long time. */
  MachineScene routedTo(long revision) {
    return routedTo(revision, Duration.ofHours(1));
  }

  MachineScene routedTo(long revision, Duration since) {
    String life = life(revision);
    Endpoint endpoint = new Endpoint("10.0.0." + revision, CONTAINER);
    Listener listener = new Listener(BIND, EXTERNAL);
    routes =
        List.of(new Route(listener, RouteKind.TCP, List.of(new Backend(life, endpoint, true))));
    activeSince.put(life, NOW - since.toNanos());
    backends.putIfAbsent(life, new BackendStatus(OWNER, life, 0, Duration.ZERO));
    return this;
  }

  MachineScene unrouted() {
    routes = List.of();
    return this;
  }

  /** Nothing was routed to it, and no connection was on it, for this long. */
  MachineScene idle(long revision, Duration since) {
    idleSince.put(life(revision), NOW - since.toNanos());
    return this;
  }

  MachineScene connections(long revision, long count) {
    String life = life(revision);
    backends.put(life, new BackendStatus(OWNER, life, count, Duration.ofSeconds(90)));
    return this;
  }

  /** The proxy could not connect to it so often since it leads there. */
  MachineScene connectFailures(long revision, long count) {
    String life = life(revision);
    backends.put(
        life,
        new BackendStatus(
            OWNER, life, 0, Duration.ZERO, Optional.empty(), Optional.empty(), count));
    return this;
  }

  /** It passed once, and the checks have failed so often in a row since; the next is due later. */
  MachineScene failingSince(long revision, String reason, int failures, Duration next) {
    probes.put(
        life(revision),
        new Probe(
            NOW - Duration.ofMinutes(1).toNanos(),
            false,
            true,
            reason,
            NOW + next.toNanos(),
            failures));
    return this;
  }

  /** It has had no new connection for so long, and no byte for so long. */
  MachineScene drains(long revision, long count, Duration since, Duration idle) {
    String life = life(revision);
    Duration oldest = Duration.ofSeconds(90);
    backends.put(
        life,
        new BackendStatus(OWNER, life, count, oldest, Optional.of(since), Optional.of(idle), 0));
    return this;
  }

  MachineScene passed(long revision) {
    return probe(revision, true, "", Duration.ofSeconds(2));
  }

  /** The last round of checks failed; the life was first seen this long ago. */
  MachineScene failing(long revision, String reason, Duration since) {
    return probe(revision, false, reason, since);
  }

  /** The same, but the next round has been due for so long, and nobody was there to begin it. */
  MachineScene failedBefore(long revision, String reason, Duration since, Duration overdue) {
    long next = NOW - overdue.toNanos();
    probes.put(life(revision), new Probe(NOW - since.toNanos(), false, false, reason, next, 1));
    started.add(id(revision));
    return this;
  }

  MachineScene seen(long revision, Duration since) {
    return probe(revision, false, "", since);
  }

  private MachineScene probe(long revision, boolean passed, String reason, Duration since) {
    probes.put(
        life(revision),
        new Probe(NOW - since.toNanos(), false, passed, reason, NOW, reason.isEmpty() ? 0 : 1));
    started.add(id(revision));
    return this;
  }

  MachineScene startedBefore(long revision) {
    started.add(id(revision));
    return this;
  }

  /** Another process started it. */
  MachineScene startForgotten(long revision) {
    started.remove(id(revision));
    return this;
  }

  MachineScene stopping(long revision) {
    stopping.add(id(revision));
    return this;
  }

  MachineScene pull(long revision, PullState state) {
    pulls.put(revision, state);
    return this;
  }

  MachineScene refused(long revision, String reason) {
    failures.put(revision, reason);
    return this;
  }

  MachineScene retryIn(long revision, Duration time) {
    retry.put(revision, NOW + time.toNanos());
    return this;
  }

  MachineScene proxyDown() {
    otherProxy = Optional.of(new ProxyView.Down());
    return this;
  }

  MachineScene proxyMute() {
    otherProxy = Optional.of(new ProxyView.Unreachable("no answer within 5s"));
    return this;
  }

  MachineScene engineMute() {
    otherEngine = Optional.of(new EngineView.Unreachable("connection refused"));
    return this;
  }

  EngineView engine() {
    return otherEngine.orElseGet(() -> new EngineView.Visible(List.copyOf(containers.values())));
  }

  ProxyView proxy() {
    return otherProxy.orElseGet(() -> new ProxyView.Up(routes, backends));
  }

  /** The slots are as they are for this long. */
  MachineScene slotsFor(Duration time) {
    slotsSince = NOW - time.toNanos();
    return this;
  }

  /** The update in slot 0 has not come further than this for so long. */
  MachineScene stands(Step.Stage stage, long bytes, Duration time) {
    milestone = Optional.of(new Milestone(new Step(40, stage, bytes), NOW - time.toNanos()));
    return this;
  }

  Memory memory(Map<Long, Long> silentSince) {
    return new Memory(
        probes,
        activeSince,
        idleSince,
        pulls,
        stopping,
        started,
        failures,
        retry,
        silentSince,
        slotsSince,
        milestone);
  }
}
