package gantry.engine.loop;

import gantry.api.Clock;
import gantry.api.container.ContainerId;
import gantry.engine.exec.Effect;
import gantry.engine.plan.ContainerView;
import gantry.engine.plan.EngineView;
import gantry.engine.plan.Memory;
import gantry.engine.plan.Probe;
import gantry.engine.plan.ProxyView;
import gantry.engine.plan.PullState;
import gantry.engine.store.Revision;
import gantry.engine.store.RolloutSnapshot;
import gantry.engine.store.SlotView;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects what the planner is to remember. Used by the loop's thread only. */
final class LoopMemory {
  /** Between two rounds of ready checks. */
  private static final Duration CHECK_INTERVAL = Duration.ofMillis(250);

  /** The same once it has passed, or gets traffic, while it is watched after the switch. */
  private static final Duration WATCH_INTERVAL = Duration.ofSeconds(1);

  /** A container that stayed up this long has recovered: its next failure is a first one. */
  private static final Duration RECOVERED = Duration.ofMinutes(1);

  private final Clock clock;
  private final Backoff backoff;
  private final Progress progress;
  private final Map<String, Probe> probes = new HashMap<>();
  private final Map<String, Long> activeSince = new HashMap<>();
  private final Map<String, Long> idleSince = new HashMap<>();
  private final Map<Long, PullState> pulls = new HashMap<>();
  private final Set<ContainerId> stopping = new HashSet<>();
  private final Set<ContainerId> started = new HashSet<>();
  private final Map<Long, String> failures = new HashMap<>();
  private final Map<Long, Integer> attempts = new HashMap<>();
  private final Map<Long, Long> retry = new HashMap<>();
  private final Map<Long, Long> silentSince = new HashMap<>();
  private List<SlotView> slots = List.of();
  private long slotsSince;

  LoopMemory(Clock clock, Backoff backoff, Progress progress) {
    this.clock = clock;
    this.progress = progress;
    this.backoff = backoff;
    this.slotsSince = clock.monotonicNanos();
  }

  Memory view() {
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
        progress.furthest());
  }

  /** Notes what is seen for the first time, and forgets what is gone. */
  void observe(
      EngineView engine, ProxyView proxy, RolloutSnapshot rollout, Collection<Revision> revisions) {
    switch (engine) {
      case EngineView.Visible visible -> observeContainers(visible.containers(), proxy, revisions);
      // One that goes away may end containers itself: that is not held against them.
      case EngineView.Unreachable away -> started.clear();
    }
    observeSlots(rollout.slots());
  }

  private void observeContainers(
      List<ContainerView> containers, ProxyView proxy, Collection<Revision> revisions) {
    long now = clock.monotonicNanos();
    Set<String> lives = new HashSet<>();
    Set<ContainerId> ids = new HashSet<>();
    for (ContainerView container : containers) {
      ids.add(container.id());
      if (container.status().isRunning()) {
        lives.add(container.life());
        running(container, proxy, revisions, now);
      }
    }
    probes.keySet().retainAll(lives);
    activeSince.keySet().retainAll(lives);
    idleSince.keySet().retainAll(lives);
    started.retainAll(ids);
    stopping.retainAll(ids);
  }

  private void running(
      ContainerView container, ProxyView proxy, Collection<Revision> revisions, long now) {
    String life = container.life();
    started.add(container.id());
    Probe probe = probes.computeIfAbsent(life, l -> Probe.seen(now));
    if (proxy instanceof ProxyView.Up up) {
      seen(life, up, now);
    }
    if (now - probe.sinceNanos() > RECOVERED.toNanos()) {
      revisions.stream()
          .filter(r -> r.content() == container.revision())
          .forEach(r -> attempts.remove(r.number()));
    }
  }

  private void seen(String life, ProxyView.Up proxy, long now) {
    if (proxy.routesTo(life)) {
      activeSince.putIfAbsent(life, now);
      idleSince.remove(life);
    } else if (proxy.connections(life) == 0) {
      idleSince.putIfAbsent(life, now);
    } else {
      idleSince.remove(life);
    }
  }

  private void observeSlots(List<SlotView> seen) {
    long now = clock.monotonicNanos();
    if (!seen.equals(slots)) {
      slots = seen;
      slotsSince = now;
    }
    Set<Long> silent =
        seen.stream()
            .filter(SlotView::silent)
            .map(slot -> slot.admission().orElseThrow().modRevision())
            .collect(Collectors.toSet());
    silentSince.keySet().retainAll(silent);
    silent.forEach(admission -> silentSince.putIfAbsent(admission, now));
  }

  /** Notes what came of an action. */
  void apply(Effect effect) {
    switch (effect) {
      case Effect.Pulling e ->
          pulls.put(e.revision(), new PullState.Running(e.doneBytes(), e.totalBytes()));
      case Effect.Pulled e -> pulls.put(e.revision(), new PullState.Done());
      case Effect.PullFailed e -> {
        pulls.put(e.revision(), new PullState.Failed(e.reason()));
        failed(e.revision());
      }
      case Effect.PullLost e -> {
        pulls.remove(e.revision());
        failed(e.revision());
      }
      case Effect.Started e -> {
        started.add(e.id());
        failures.remove(e.revision());
        failed(e.revision());
      }
      case Effect.Refused e -> {
        failures.put(e.revision(), e.reason());
        pulls.remove(e.revision()); // the image may be gone; pulling what is there costs nothing
        failed(e.revision());
      }
      case Effect.Checking e -> probes.computeIfPresent(e.life(), (l, p) -> checking(p));
      case Effect.Checked e -> probes.computeIfPresent(e.life(), (l, p) -> checked(l, p, e));
      case Effect.Stopping e -> stopping.add(e.id());
      case Effect.Stopped e -> stopping.remove(e.id());
      case Effect.Admitted e -> forget(e.revision());
      case Effect.Recorded e -> {} // the observer's
      case Effect.RecordUnknown e -> {}
    }
  }

  private static Probe checking(Probe p) {
    return new Probe(p.sinceNanos(), true, p.passed(), p.reason(), p.nextNanos(), p.failures());
  }

  private Probe checked(String life, Probe p, Effect.Checked effect) {
    boolean holds = effect.failure().isEmpty();
    boolean passed = p.passed() || holds;
    Duration interval = passed || activeSince.containsKey(life) ? WATCH_INTERVAL : CHECK_INTERVAL;
    long next = clock.monotonicNanos() + interval.toNanos();
    int failures = holds ? 0 : p.failures() + 1;
    return new Probe(p.sinceNanos(), false, passed, effect.failure().orElse(""), next, failures);
  }

  private void failed(long revision) {
    int count = attempts.merge(revision, 1, Integer::sum);
    retry.put(revision, clock.monotonicNanos() + backoff.after(count).toNanos());
  }

  /** As if it were seen for the first time, but for an attempt that is under way. */
  private static Probe again(Probe p, long now) {
    return new Probe(now, p.running(), false, "", now, 0);
  }

  private void forget(long revision) {
    long now = clock.monotonicNanos();
    probes.replaceAll((life, p) -> p.failures() > 0 ? again(p, now) : p);
    pulls.remove(revision);
    failures.remove(revision);
    attempts.remove(revision);
    retry.remove(revision);
  }
}
