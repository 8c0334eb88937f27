package gantry.engine.store;

import gantry.api.coordination.Coordinator;
import gantry.api.coordination.Entry;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The machines that wait for a slot of a component, in the order in which they came. Each needs to
 * look at the one before it alone, so that a rollout costs each machine the same however many there
 * are. A courtesy and no lock: who may take a slot is decided by the slot's own transaction.
 *
 * <p>{@link MachineStore} joins and leaves it. A place in it is bound to its machine's session.
 * Used by one thread at a time. Errors are those of {@link Coordinator}.
 */
public final class Queue {
  private final Coordinator coordinator;
  private final ComponentKey key;
  private final String machine;
  private @Nullable Entry ahead;
  private String session = "";

  /** The queue as this machine sees it. */
  public Queue(Coordinator coordinator, ComponentKey key, String machine) {
    this.coordinator = coordinator;
    this.key = key;
    this.machine = machine;
  }

  /**
   * The place now. As long as the machine before is the same, the others are not read.
   *
   * @param own this machine's session
   */
  public Turn look(String own) {
    Entry before = ahead;
    if (before != null && session.equals(own) && isQueued(own) && stands(before)) {
      return new Turn(true, Optional.of(name(before)));
    }
    ahead = null;
    session = own;
    List<Entry> all =
        coordinator.list(Keys.queue(key)).entries().stream()
            .sorted(Comparator.comparingLong(Entry::createRevision))
            .toList();
    return find(all, own);
  }

  private Turn find(List<Entry> all, String own) {
    Entry before = null;
    for (Entry entry : all) {
      if (name(entry).equals(machine)) {
        boolean mine = Json.read(entry, String.class).value().equals(own);
        ahead = mine ? before : null;
        return mine ? new Turn(true, Optional.ofNullable(before).map(this::name)) : Turn.NONE;
      }
      before = entry;
    }
    return Turn.NONE;
  }

  private boolean isQueued(String own) {
    return coordinator
        .get(Keys.queued(key, machine))
        .filter(entry -> Json.read(entry, String.class).value().equals(own))
        .isPresent();
  }

  private boolean stands(Entry before) {
    return coordinator
        .get(before.key())
        .filter(entry -> entry.createRevision() == before.createRevision())
        .isPresent();
  }

  private String name(Entry entry) {
    return entry.key().substring(Keys.queue(key).length());
  }
}
