package gantry.engine.store;

import gantry.api.coordination.Coordinator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Reads revisions. They never change, so what was read once is kept. Safe for any thread. */
final class Revisions {
  private final Coordinator coordinator;

  /** By their keys in the coordinator. */
  private final Map<String, Revision> known = new ConcurrentHashMap<>();

  Revisions(Coordinator coordinator) {
    this.coordinator = coordinator;
  }

  Map<Long, Revision> find(ComponentKey key, Set<Long> numbers) {
    Batch batch = new Batch();
    List<Runnable> expected =
        numbers.stream()
            .filter(number -> number != 0)
            .map(number -> expect(key, number, batch))
            .toList();
    batch.read(coordinator);
    expected.forEach(Runnable::run);
    Map<Long, Revision> found = new HashMap<>();
    for (long number : numbers) {
      Revision revision = known.get(Keys.revision(key, number));
      if (revision != null) {
        found.put(number, revision);
      }
    }
    return found;
  }

  /** Asks for one unless it is known; the answer keeps what was found. */
  Runnable expect(ComponentKey key, long number, Batch batch) {
    String where = Keys.revision(key, number);
    if (known.containsKey(where)) {
      return () -> {};
    }
    Supplier<Optional<Versioned<Revision>>> found = batch.value(where, Revision.class);
    return () -> found.get().ifPresent(revision -> known.put(where, revision.value()));
  }
}
