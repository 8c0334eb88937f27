package gantry.engine.store;

import gantry.api.Clock;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.Subscription;
import gantry.api.coordination.Condition;
import gantry.api.coordination.Coordinator;
import gantry.api.coordination.Transaction;
import gantry.api.coordination.Write;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Ends drains of other machines by hand: an operator's {@link Cut} is asked for here, seen and
 * struck off by the machine's agent. Safe for any thread. Errors are those of {@link Coordinator}.
 */
public final class CutStore {
  /** How often a request is tried again because the machine said something new meanwhile. */
  private static final int MAX_CONFLICTS = 20;

  private final Coordinator coordinator;
  private final ComponentKey key;
  private final RolloutStore records;
  private final Clock clock;

  /** The cuts of one component. */
  public CutStore(Coordinator coordinator, ComponentKey key, Clock clock) {
    this.coordinator = coordinator;
    this.key = key;
    this.records = new RolloutStore(coordinator, clock);
    this.clock = clock;
  }

  /** What is to be ended on a machine and has not been yet. */
  public Optional<Versioned<Cut>> find(String machine) {
    return coordinator.get(Keys.cut(key, machine)).map(entry -> Json.read(entry, Cut.class));
  }

  /** The same, asked for together with other things. */
  public Supplier<Optional<Versioned<Cut>>> find(String machine, Batch batch) {
    return batch.value(Keys.cut(key, machine), Cut.class);
  }

  /** The machines that have something to end still. */
  public Set<String> pending() {
    int prefix = Keys.cuts(key).length();
    return coordinator.list(Keys.cuts(key)).entries().stream()
        .map(entry -> entry.key().substring(prefix))
        .collect(Collectors.toSet());
  }

  /** Wakes when a cut of any machine may have come or gone. */
  public Subscription watch(Runnable wake) {
    return coordinator.watch(Keys.cuts(key), wake);
  }

  /** Tells when this machine's cut may have come or gone. */
  public Subscription watch(String machine, long after, LongConsumer changed) {
    return coordinator.watch(Keys.cut(key, machine), after, changed);
  }

  /**
   * Asks a machine to end what it says that it drains. What was asked for before stays asked for,
   * so that a second call changes nothing.
   *
   * @return the drains that end; empty when the machine drains nothing
   */
  public List<Drain> request(String machine, String by) {
    for (int conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
      Optional<Versioned<Cut>> before = find(machine);
      Optional<Versioned<MachineRecord>> record = records.machine(key, machine);
      List<Drain> drains = record.map(r -> r.value().drains()).orElse(List.of());
      if (drains.isEmpty() || covers(before, drains) || put(record.get(), before, drains, by)) {
        return drains;
      }
    }
    throw new GantryException(
        ErrorCode.BUSY,
        "machine '"
            + machine
            + "' said something new "
            + MAX_CONFLICTS
            + " times in a row while this command told it to end its drains; it was not told",
        "run it again",
        null);
  }

  private static List<String> names(List<Drain> drains) {
    return drains.stream().map(Drain::container).toList();
  }

  private static boolean covers(Optional<Versioned<Cut>> cut, List<Drain> drains) {
    return cut.filter(c -> c.value().containers().containsAll(names(drains))).isPresent();
  }

  /** An answer that was lost is found out by the next look. */
  private boolean put(
      Versioned<MachineRecord> record,
      Optional<Versioned<Cut>> before,
      List<Drain> drains,
      String by) {
    String machine = record.value().machine();
    String where = Keys.cut(key, machine);
    Set<String> names =
        new LinkedHashSet<>(before.map(c -> c.value().containers()).orElse(List.of()));
    names.addAll(names(drains));
    Cut cut = new Cut(new ArrayList<>(names), by, clock.wallTime());
    Condition asSeen =
        before
            .<Condition>map(c -> new Condition.Unchanged(where, c.modRevision()))
            .orElseGet(() -> new Condition.Absent(where));
    Condition drainsStill =
        new Condition.Unchanged(Keys.machine(key, machine), record.modRevision());
    try {
      return commit(List.of(asSeen, drainsStill), Write.put(where, Json.write(cut)));
    } catch (GantryException e) {
      if (e.code() == ErrorCode.OUTCOME_UNKNOWN) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Strikes containers from a cut; the last takes the cut with it.
   *
   * @param left those that are still to end
   * @return whether it was still the one that was seen
   */
  public boolean settle(String machine, Versioned<Cut> seen, List<String> left) {
    String where = Keys.cut(key, machine);
    return commit(
        List.of(new Condition.Unchanged(where, seen.modRevision())),
        left.isEmpty() ? Write.delete(where) : Write.put(where, Json.write(seen.value().of(left))));
  }

  private boolean commit(List<Condition> conditions, Write write) {
    return coordinator.commit(new Transaction(conditions, List.of(write))).committed();
  }
}
