package gantry.engine.loop;

import gantry.api.GantryException;
import gantry.engine.event.RolloutEvent;
import gantry.engine.exec.CrashPoint;
import gantry.engine.exec.Site;
import gantry.engine.plan.Action;
import gantry.engine.plan.Observation;
import gantry.engine.plan.Plan;
import gantry.engine.plan.ProxyView;
import gantry.engine.plan.Report;
import gantry.engine.store.ComponentKey;
import gantry.engine.store.Drain;
import gantry.engine.store.MachineRecord;
import gantry.engine.store.MachineStore;
import gantry.engine.store.Phase;
import gantry.engine.store.SlotView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this machine's record true without flooding the coordinator: a new phase is written at
 * once, or when it lasts if others follow it soon, details that only move on at intervals.
 */
final class RecordWriter {
  private static final Duration DETAILS_INTERVAL = Duration.ofSeconds(2);

  /** What serves changes all the time; it is for forecasts alone. */
  private static final Duration LOAD_INTERVAL = Duration.ofSeconds(30);

  /**
   * Nobody reads a phase that is over sooner than this, and while the coordinator writes it to its
   * disk all machines that wait for their turn wait with it.
   */
  private static final Duration PASSING = Duration.ofMillis(50);

  private static final Logger LOG = LoggerFactory.getLogger(RecordWriter.class);

  private final Site site;
  private final ComponentKey key;
  private final MachineStore store;
  private String lastTold = "";
  private long lastSaveNanos;
  private Phase phase = Phase.IDLE;
  private long phaseSinceNanos;
  private long dueNanos = Long.MAX_VALUE;

  RecordWriter(Site site, ComponentKey key) {
    this.site = site;
    this.key = key;
    this.store = new MachineStore(site.coordinator(), key, site.machine());
    this.lastSaveNanos = site.clock().monotonicNanos() - LOAD_INTERVAL.toNanos();
    this.phaseSinceNanos = site.clock().monotonicNanos();
  }

  /** When there will be something to write if nothing changes; {@link Long#MAX_VALUE} for never. */
  long dueNanos() {
    return dueNanos;
  }

  /** Whether the record needs no further try. */
  boolean save(Observation o, Plan plan) {
    tell(o, plan.report());
    note(plan.report().phase());
    dueNanos = Long.MAX_VALUE;
    if (!o.connected() || plan.actions().stream().anyMatch(RecordWriter::writesTheRecord)) {
      return true;
    }
    Report report = plan.report();
    MachineRecord old = o.record();
    boolean drains = !ids(old.drains()).equals(ids(report.drains()));
    if (!drains && old.phase() != report.phase() && isPassing()) {
      dueNanos = phaseSinceNanos + PASSING.toNanos();
      return true;
    }
    boolean news = drains || old.phase() != report.phase() || isVerdict(old, report);
    boolean details =
        !old.reason().equals(report.reason()) || !old.drains().equals(report.drains());
    Optional<Drain> serving = serving(o);
    boolean load =
        !old.serving().equals(serving)
            && site.clock().since(lastSaveNanos).compareTo(LOAD_INTERVAL) >= 0;
    boolean due = site.clock().since(lastSaveNanos).compareTo(DETAILS_INTERVAL) >= 0;
    return !(news || (details && due) || load) || write(o, report, serving);
  }

  private void note(Phase now) {
    if (phase != now) {
      phase = now;
      phaseSinceNanos = site.clock().monotonicNanos();
    }
  }

  /** Steps on the way to a container that serves, which may take long or no time at all. */
  private boolean isPassing() {
    boolean step = phase == Phase.PULLING || phase == Phase.STARTING || phase == Phase.CHECKING;
    return step && site.clock().since(phaseSinceNanos).compareTo(PASSING) < 0;
  }

  /** What a drain of the container that serves would wait for now. */
  private static Optional<Drain> serving(Observation o) {
    if (!(o.proxy() instanceof ProxyView.Up up)) {
      return o.record().serving();
    }
    return o.containers().stream()
        .filter(o::active)
        .filter(c -> up.connections(c.life()) > 0)
        .map(c -> Drain.of(c.id().brief(), c.revision(), up.backend(c.life())))
        .findFirst();
  }

  /** Why a watched container fails is acted upon only when it is written down. */
  private static boolean isVerdict(MachineRecord old, Report report) {
    return report.phase() == Phase.WATCHING && !old.reason().equals(report.reason());
  }

  private static List<String> ids(List<Drain> drains) {
    return drains.stream().map(Drain::container).toList();
  }

  private static boolean writesTheRecord(Action action) {
    return switch (action) {
      case Action.FinishUpdate a -> true;
      case Action.FailUpdate a -> true;
      case Action.LeaveSlot a -> true;
      case Action.AdmitProven a -> true;
      case Action.Adopt a -> true;
      case Action.SettleCut a -> false;
      case Action.Enqueue a -> false;
      case Action.LeaveQueue a -> false;
      case Action.AcquireSlot a -> false;
      case Action.ReclaimSlot a -> false;
      case Action.ReportLost a -> false;
      case Action.StartProxy a -> false;
      case Action.Pull a -> false;
      case Action.Create a -> false;
      case Action.Start a -> false;
      case Action.CheckReady a -> false;
      case Action.ApplyRoutes a -> false;
      case Action.Stop a -> false;
      case Action.Kill a -> false;
      case Action.Remove a -> false;
    };
  }

  private boolean write(Observation o, Report report, Optional<Drain> serving) {
    MachineRecord record =
        new MachineRecord(
            site.machine(),
            runs(o, report.phase()),
            o.record().previous(),
            report.phase(),
            report.reason(),
            report.drains(),
            serving,
            site.clock().wallTime());
    try {
      lastSaveNanos = site.clock().monotonicNanos();
      boolean written = store.saveRecord(record, o.recordRevision(), held(o));
      if (written) {
        CrashPoint.RECORD_WRITTEN.reached();
      }
      return written;
    } catch (GantryException e) {
      LOG.debug("{}: the record was not written: {}", key, e.text());
      return false;
    }
  }

  /** Whoever has lost the slot since must not say that the update goes on. */
  private Optional<SlotView> held(Observation o) {
    return o.rollout()
        .admissionOf(site.machine())
        .filter(
            view ->
                view.slot()
                    .filter(slot -> slot.value().session().equals(o.lease().session()))
                    .isPresent());
  }

  /**
   * What was stopped is not started again beside the revision of a later update. One whose
   * successor failed is remembered all the same: a start goes back to it.
   */
  private static long runs(Observation o, Phase phase) {
    long revision = o.record().revision();
    boolean latest =
        o.rollout().desired().filter(d -> d.value().revision() == revision).isPresent();
    return phase == Phase.STOPPED && latest ? 0 : revision;
  }

  private void tell(Observation o, Report report) {
    String told = report.phase() + " " + report.reason();
    if (!told.equals(lastTold)) {
      lastTold = told;
      site.listener()
          .on(
              key,
              new RolloutEvent.PhaseChanged(
                  o.record().revision(), report.phase(), report.reason()));
    }
  }
}
