package gantry.engine;

import gantry.api.Clock;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.Nearest;
import gantry.engine.RolloutStatus.MachineStatus;
import gantry.engine.store.ComponentKey;
import gantry.engine.store.CutStore;
import gantry.engine.store.Drain;
import gantry.engine.store.RolloutStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The drains of a component on some or all machines, as their agents tell them: followed to their
 * end, or ended by hand. Machines whose agents are away are not waited for.
 */
public final class DrainWatch {
  private final Project project;
  private final RolloutStore store;
  private final CutStore cuts;
  private final Clock clock;
  private final String component;
  private final List<String> machines;

  DrainWatch(
      Project project,
      RolloutStore store,
      CutStore cuts,
      Clock clock,
      String component,
      List<String> machines) {
    this.project = project;
    this.store = store;
    this.cuts = cuts;
    this.clock = clock;
    this.component = component;
    this.machines = List.copyOf(machines);
  }

  /**
   * What one machine drains.
   *
   * @param present whether its agent is there
   * @param cut whether it has been told to end drains and has not done so yet
   */
  public record MachineDrains(String machine, boolean present, List<Drain> drains, boolean cut) {
    /** Copies the drains. */
    public MachineDrains {
      drains = List.copyOf(drains);
    }
  }

  /** A name that was mistyped would be a drain that nobody ends. */
  void requireKnown() {
    List<String> known = statuses().stream().map(MachineStatus::name).toList();
    for (String machine : machines) {
      if (!known.contains(machine)) {
        throw new GantryException(
            ErrorCode.NOT_FOUND,
            "no machine '" + machine + "' runs component '" + component + "'; " + listed(known),
            Nearest.to(machine, known)
                .map(near -> "did you mean '" + near + "'?")
                .orElse("gantryd list " + project.key(component).project() + " --machines"),
            null);
      }
    }
  }

  private static String listed(List<String> known) {
    return known.isEmpty() ? "no machine does" : "known: " + String.join(", ", known);
  }

  private List<MachineStatus> statuses() {
    return project.status(component).machines();
  }

  /** The machines that drain something or are to end something, by name. */
  public List<MachineDrains> look() {
    Set<String> pending = cuts.pending();
    return statuses().stream()
        .filter(m -> machines.isEmpty() || machines.contains(m.name()))
        .map(
            m ->
                new MachineDrains(
                    m.name(), m.present(), m.record().drains(), pending.contains(m.name())))
        .filter(m -> m.cut() || !m.drains().isEmpty())
        .toList();
  }

  /**
   * Tells every machine to end what it drains now, whatever is open. What begins to drain later is
   * not touched. A machine that is away does it when it is back.
   *
   * @return the drains that end
   */
  public List<MachineDrains> end() {
    return look().stream()
        .map(
            m ->
                new MachineDrains(
                    m.machine(), m.present(), cuts.request(m.machine(), Who.user()), true))
        .toList();
  }

  /**
   * Waits until the machines that are there drain nothing.
   *
   * @param limit when to give up; empty for never
   * @param listener hears every look, in the calling thread
   * @return whether that is so; false when the time was over first
   */
  public boolean awaitDrained(Optional<Duration> limit, Consumer<List<MachineDrains>> listener)
      throws InterruptedException {
    return await(limit, listener, m -> !m.drains().isEmpty());
  }

  /** Waits until the machines that are there have done what {@link #end} told them. */
  public boolean awaitEnded(Optional<Duration> limit, Consumer<List<MachineDrains>> listener)
      throws InterruptedException {
    return await(limit, listener, MachineDrains::cut);
  }

  private boolean await(
      Optional<Duration> limit,
      Consumer<List<MachineDrains>> listener,
      Predicate<MachineDrains> goesOn)
      throws InterruptedException {
    long start = clock.monotonicNanos();
    List<ComponentKey> keys = List.of(project.key(component));
    try (Lookout lookout = new Lookout(store, keys).also(cuts::watch)) {
      while (true) {
        List<MachineDrains> now = look().stream().filter(goesOn).toList();
        listener.accept(now);
        if (now.stream().noneMatch(MachineDrains::present)) {
          return true;
        }
        Duration left = limit.map(l -> l.minus(clock.since(start))).orElse(Lookout.RESYNC);
        if (!left.isPositive()) {
          return false;
        }
        lookout.await(left);
      }
    }
  }
}
