package gantry.engine;

import gantry.api.Clock;
import gantry.engine.store.Alert;
import gantry.engine.store.ComponentKey;
import gantry.engine.store.MachineRecord;
import gantry.engine.store.Revision;
import gantry.engine.store.RolloutStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Follows rollouts until each has gone through all machines whose agents are there, or failed. */
public final class RolloutWatch {
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
   * @param revision that is followed
   * @param status of its component, which may be about a later revision by now
   * @param alert why the revision failed
   * @param replaced whether somebody has asked for something else since
   */
  public record Progress(
      Revision revision, RolloutStatus status, Optional<Alert> alert, boolean replaced) {
    /** Machines whose agents are there, by name. */
    public List<MachineRecord> machines() {
      return status.present();
    }

    /** Machines that run the revision. */
    public long done() {
      return status.running(revision.number());
    }

    /** Whether nothing more will happen by itself. */
    public boolean over() {
      int machines = status.admitted().size();
      return replaced || alert.isPresent() || (machines > 0 && done() == machines);
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
    long start = clock.monotonicNanos();
    try (Lookout lookout = new Lookout(store, keys())) {
      while (true) {
        List<Progress> now = revisions.stream().map(this::look).toList();
        listener.accept(now);
        if (now.stream().allMatch(Progress::over)) {
          boolean well = now.stream().allMatch(p -> p.alert().isEmpty() && !p.replaced());
          return well ? End.DONE : End.FAILED;
        }
        Duration left = limit.map(l -> l.minus(clock.since(start))).orElse(Lookout.RESYNC);
        if (left.isNegative() || left.isZero()) {
          return End.TIMED_OUT;
        }
        lookout.await(left);
      }
    }
  }

  private List<ComponentKey> keys() {
    return revisions.stream().map(revision -> project.key(revision.spec().name())).toList();
  }

  private Progress look(Revision revision) {
    String component = revision.spec().name();
    RolloutStatus status = project.status(component);
    boolean replaced = status.revision().filter(r -> r.number() == revision.number()).isEmpty();
    Optional<Alert> alert =
        replaced ? store.failure(project.key(component), revision.number()) : status.alert();
    return new Progress(revision, status, alert, replaced);
  }
}
