package gantry.engine.store;

import gantry.api.coordination.Coordinator;
import gantry.api.coordination.Entry;
import gantry.api.coordination.Listing;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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
  private static final Comparator<Entry> COMING = Comparator.comparingLong(Entry::createRevision);

  private final Coordinator coordinator;
  private final ComponentKey key;
  private final String machine;
  private @Nullable Place place;
  private String session = "";

  /**
   * Where it stood when the queue was read last.
   *
   * @param own its own entry, which keeps its place as long as it stands
   * @param ahead the one right before; empty for the first, before whom nobody can come any more
   */
  private record Place(Entry own, Optional<Entry> ahead) {}

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
   * @param batch is asked for what is needed, and read before the answer is taken, which may read
   *     once more
   */
  public Supplier<Turn> ask(String own, Batch batch) {
    Place known = place;
    if (known == null || !session.equals(own)) {
      Supplier<List<Entry>> all = batch.prefix(Keys.queue(key), Listing::entries);
      return () -> find(all.get(), own);
    }
    Supplier<Optional<Entry>> mine = batch.key(known.own().key());
    Supplier<Boolean> ahead =
        known.ahead().<Supplier<Boolean>>map(before -> stands(before, batch)).orElse(() -> true);
    return () ->
        mine.get().filter(known.own()::equals).isPresent() && ahead.get() ? turn(known) : look(own);
  }

  private Turn look(String own) {
    return find(coordinator.list(Keys.queue(key)).entries(), own);
  }

  private Supplier<Boolean> stands(Entry before, Batch batch) {
    Supplier<Optional<Entry>> now = batch.key(before.key());
    return () ->
        now.get().filter(entry -> entry.createRevision() == before.createRevision()).isPresent();
  }

  private Turn find(List<Entry> all, String own) {
    Optional<Place> found = place(all).filter(where -> isOf(where.own(), own));
    session = own;
    place = found.orElse(null);
    return found.map(this::turn).orElse(Turn.NONE);
  }

  private Optional<Place> place(List<Entry> all) {
    Optional<Entry> before = Optional.empty();
    for (Entry entry : all.stream().sorted(COMING).toList()) {
      if (name(entry).equals(machine)) {
        return Optional.of(new Place(entry, before));
      }
      before = Optional.of(entry);
    }
    return Optional.empty();
  }

  private static boolean isOf(Entry entry, String session) {
    return Json.read(entry, String.class).value().equals(session);
  }

  private Turn turn(Place where) {
    return new Turn(true, where.ahead().map(this::name));
  }

  private String name(Entry entry) {
    return entry.key().substring(Keys.queue(key).length());
  }
}
