package gantry.engine;

import gantry.api.Clock;
import gantry.api.Subscription;
import gantry.engine.store.Alert;
import gantry.engine.store.MachineRecord;
import gantry.engine.store.Phase;
import gantry.engine.store.Presence;
import gantry.engine.store.Revision;
import gantry.engine.store.RolloutSnapshot;
import gantry.engine.store.RolloutStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Follows rollouts until each has gone through all machines whose agents are there, or failed. */
public final class RolloutWatch {
  /** Looks again this often even if no hint came. */
  private static final Duration RESYNC = Duration.ofSeconds(2);

  private final Project project;
  private final RolloutStore store;
  private final Clock clock;
  private final List<Revision> revisions;

  RolloutWatch(Project project, RolloutStore store, Clock clock, List<Revision> revisions) {
    this.project = project;
    this.store = store;
    this.clock = clock;
    this.revisions = List.copyOf(revisions);
  }

  /**
   * One rollout at one moment.
   *
   * @param machines those whose agents are there, by name
   * @param replaced whether somebody has asked for something else since
   */
  public record Progress(
      Revision revision, List<MachineRecord> machines, Optional<Alert> alert, boolean replaced) {
    /** Machines that run the revision. */
    public long done() {
      return machines.stream().filter(this::isDone).count();
    }

    private boolean isDone(MachineRecord record) {
      return record.revision() == revision.number() && record.phase() == Phase.READY;
    }

    /** Whether nothing more will happen by itself. */
    public boolean over() {
      return replaced || alert.isPresent() || (!machines.isEmpty() && done() == machines.size());
    }
  }

  /** How it ended. */
  public enum End {
    /** All machines run what was asked for. */
    DONE,
    /** A revision failed, or was replaced. */
    FAILED,
    /** The time was over first. */
    TIMED_OUT
  }

  /**
   * Waits for the end.
   *
   * @param limit when to give up; empty for never
   * @param listener hears every look, in the calling thread
   */
  public End await(Optional<Duration> limit, Consumer<List<Progress>> listener)
      throws InterruptedException {
    Semaphore hints = new Semaphore(0);
    List<Subscription> watches = new ArrayList<>();
    revisions.forEach(r -> watches.add(store.watch(project.key(name(r)), hints::release)));
    revisions.forEach(r -> watches.add(store.watchMachines(project.key(name(r)), hints::release)));
    try {
      return follow(limit, listener, hints);
    } finally {
      watches.forEach(Subscription::close);
    }
  }

  private End follow(Optional<Duration> limit, Consumer<List<Progress>> listener, Semaphore hints)
      throws InterruptedException {
    long start = clock.monotonicNanos();
    while (true) {
      List<Progress> now = revisions.stream().map(this::look).toList();
      listener.accept(now);
      if (now.stream().allMatch(Progress::over)) {
        boolean well = now.stream().allMatch(p -> p.alert().isEmpty() && !p.replaced());
        return well ? End.DONE : End.FAILED;
      }
      Duration left = limit.map(l -> l.minus(clock.since(start))).orElse(RESYNC);
      if (left.isNegative() || left.isZero()) {
        return End.TIMED_OUT;
      }
      long nanos = Math.min(left.toNanos(), RESYNC.toNanos());
      if (hints.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
        hints.drainPermits();
      }
    }
  }

  private Progress look(Revision revision) {
    String component = name(revision);
    RolloutSnapshot rollout = store.snapshot(project.key(component));
    List<Presence> present = project.presences();
    List<MachineRecord> machines =
        project.machines(component).stream()
            .filter(m -> present.stream().anyMatch(p -> p.covers(m.machine(), component)))
            .toList();
    boolean replaced =
        rollout.desired().filter(d -> d.value().revision() == revision.number()).isEmpty();
    Optional<Alert> alert = rollout.alertFor(revision.number());
    Optional<Alert> known =
        replaced ? store.failure(project.key(component), revision.number()) : alert;
    return new Progress(revision, machines, known, replaced);
  }

  private static String name(Revision revision) {
    return revision.spec().name();
  }
}
