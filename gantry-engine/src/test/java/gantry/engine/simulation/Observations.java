package gantry.engine.simulation;

import gantry.engine.plan.EngineView;
import gantry.engine.plan.Memory;
import gantry.engine.plan.Observation;
import gantry.engine.plan.Probe;
import gantry.engine.plan.ProxyView;
import gantry.engine.spec.ComponentSpec;
import gantry.engine.spec.Specs;
import gantry.engine.spec.UpdateSpec;
import gantry.engine.store.Revision;
import gantry.engine.store.RolloutSnapshot;
import gantry.engine.store.SlotView;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Observations that say something else than what was seen. */
final class Observations {
  private Observations() {}

  static Observation withoutAlert(Observation o) {
    RolloutSnapshot seen = o.rollout();
    return with(
        o,
        new RolloutSnapshot(
            seen.desired(), Optional.empty(), seen.slots(), seen.proven(), seen.last()),
        o.engine(),
        o.proxy(),
        o.memory());
  }

  static Observation withoutSilentOthers(Observation o) {
    RolloutSnapshot seen = o.rollout();
    List<SlotView> slots = seen.slots().stream().filter(slot -> speaksOrIsMine(o, slot)).toList();
    return with(
        o,
        new RolloutSnapshot(seen.desired(), seen.alert(), slots, seen.proven(), seen.last()),
        o.engine(),
        o.proxy(),
        o.memory());
  }

  private static boolean speaksOrIsMine(Observation o, SlotView slot) {
    return !slot.silent() || slot.machine().filter(o.place().machine()::equals).isPresent();
  }

  /** What an earlier observation saw of the engine and the proxy. */
  static Observation withViews(Observation o, EngineView engine, ProxyView proxy) {
    return with(o, o.rollout(), engine, proxy, o.memory());
  }

  static Observation withAllPassed(Observation o) {
    Memory memory = o.memory();
    Map<String, Probe> probes = new HashMap<>();
    memory.probes().forEach((life, p) -> probes.put(life, passed(p)));
    Memory told =
        new Memory(
            probes,
            memory.activeSinceNanos(),
            memory.idleSinceNanos(),
            memory.pulls(),
            memory.stopping(),
            memory.started(),
            memory.failures(),
            memory.retryNanos(),
            memory.silentSinceNanos(),
            memory.slotsSinceNanos(),
            memory.milestone());
    return with(o, o.rollout(), o.engine(), o.proxy(), told);
  }

  private static Probe passed(Probe p) {
    return new Probe(p.sinceNanos(), p.running(), true, p.reason(), p.nextNanos(), p.failures());
  }

  static Observation withoutWatch(Observation o) {
    return updating(
        o,
        u ->
            new UpdateSpec(
                u.maxParallel(),
                Duration.ZERO,
                u.keepPrevious(),
                u.onFailure(),
                u.parallelPercent(),
                u.order(),
                u.progressDeadline()));
  }

  static Observation withoutDeadline(Observation o) {
    return updating(o, u -> u.within(Duration.ZERO));
  }

  private static Observation updating(Observation o, UnaryOperator<UpdateSpec> change) {
    Map<Long, Revision> revisions = new HashMap<>();
    o.revisions().forEach((number, r) -> revisions.put(number, updating(r, change)));
    return new Observation(
        o.nowNanos(),
        o.place(),
        o.connected(),
        o.rollout(),
        o.record(),
        o.recordRevision(),
        revisions,
        o.turn(),
        o.cut(),
        o.engine(),
        o.proxy(),
        o.lease(),
        o.memory());
  }

  private static Revision updating(Revision r, UnaryOperator<UpdateSpec> change) {
    ComponentSpec s = r.spec();
    ComponentSpec spec = Specs.with(s, change.apply(s.update()), s.drain());
    return new Revision(r.number(), spec, r.image(), r.by(), r.at(), r.restores());
  }

  private static Observation with(
      Observation o, RolloutSnapshot rollout, EngineView engine, ProxyView proxy, Memory memory) {
    return new Observation(
        o.nowNanos(),
        o.place(),
        o.connected(),
        rollout,
        o.record(),
        o.recordRevision(),
        o.revisions(),
        o.turn(),
        o.cut(),
        engine,
        proxy,
        o.lease(),
        memory);
  }
}
