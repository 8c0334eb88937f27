package gantry.engine.store;

import gantry.api.coordination.Coordinator;
import gantry.api.coordination.Entry;
import gantry.api.coordination.Listing;
import gantry.api.coordination.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Questions to the coordinator that are answered together: in one call, from one moment. Ask them,
 * {@link #read} once, then take the answers. Used by one thread.
 */
public final class Batch {
  private final List<Range> ranges = new ArrayList<>();
  private List<Listing> answers = List.of();

  Supplier<Optional<Entry>> key(String key) {
    return ask(new Range.Key(key), listing -> listing.entries().stream().findFirst());
  }

  <T> Supplier<Optional<Versioned<T>>> value(String key, Class<T> type) {
    Supplier<Optional<Entry>> entry = key(key);
    return () -> entry.get().map(found -> Json.read(found, type));
  }

  <T> Supplier<T> prefix(String prefix, Function<Listing, T> reading) {
    return ask(new Range.Prefix(prefix), reading);
  }

  private <T> Supplier<T> ask(Range range, Function<Listing, T> reading) {
    int index = ranges.size();
    ranges.add(range);
    return () -> reading.apply(answers.get(index));
  }

  /**
   * Reads all that was asked for; errors are those of {@link Coordinator}.
   *
   * @return the store revision of the answers; 0 when nothing was asked for
   */
  public long read(Coordinator coordinator) {
    answers = ranges.isEmpty() ? List.of() : coordinator.read(ranges);
    return answers.stream().mapToLong(Listing::revision).findFirst().orElse(0);
  }
}
