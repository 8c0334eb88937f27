package gantry.engine.plan;

import gantry.engine.store.ComponentKey;
import gantry.engine.store.Cut;
import gantry.engine.store.MachineRecord;
import gantry.engine.store.Revision;
import gantry.engine.store.RolloutSnapshot;
import gantry.engine.store.SlotView;
import gantry.engine.store.Turn;
import gantry.engine.store.Versioned;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a decision may depend on, at one moment.
 *
 * @param nowNanos the monotonic clock
 * @param connected whether the coordinator answered; if not, rollout and record are the last known
 * @param recordRevision the record's modification revision; 0 when there is none yet
 * @param revisions the desired one, the ones that this machine runs and ran before, and the one
 *     that it is admitted to, by number
 * @param turn where it stands among those that wait for a slot
 * @param cut drains that an operator has ended by hand
 */
public record Observation(
    long nowNanos,
    Place place,
    boolean connected,
    RolloutSnapshot rollout,
    MachineRecord record,
    long recordRevision,
    Map<Long, Revision> revisions,
    Turn turn,
    Optional<Versioned<Cut>> cut,
    EngineView engine,
    ProxyView proxy,
    Lease lease,
    Memory memory) {
  /** Copies the revisions. */
  public Observation {
    revisions = Map.copyOf(revisions);
  }

  /**
   * Which component on which machine.
   *
   * @param bind address of the proxy's listeners
   */
  public record Place(ComponentKey key, String machine, String bind) {}

  /** The component's containers; none while the engine cannot be seen. */
  public List<ContainerView> containers() {
    return engine instanceof EngineView.Visible visible ? visible.containers() : List.of();
  }

  /** The container that runs a revision, or the one that it restores. */
  Optional<ContainerView> container(long revision) {
    long content = content(revision);
    return containers().stream().filter(c -> c.revision() == content).findFirst();
  }

  /** The number that a revision's containers carry. */
  long content(long revision) {
    return revision(revision).map(Revision::content).orElse(revision);
  }

  /** One revision by its number. */
  Optional<Revision> revision(long number) {
    return Optional.ofNullable(revisions.get(number));
  }

  /** Components without ports need no proxy. */
  boolean needsProxy() {
    return revisions.values().stream().anyMatch(r -> !r.spec().ports().isEmpty());
  }

  /** Whether a slot is held under this process's own session. */
  boolean holds(SlotView view) {
    return view.slot().filter(s -> s.value().session().equals(lease.session())).isPresent();
  }

  /** Whether new connections reach this container in its present life. */
  public boolean active(ContainerView container) {
    return container.status().isRunning()
        && proxy instanceof ProxyView.Up up
        && up.routesTo(container.life());
  }
}
