package gantry.api.coordination;

import java.util.List;
import java.util.Optional;

/**
 * All keys under a prefix at one moment.
 *
 * @param revision store revision of that moment; grows with every write anywhere in the store
 * @param entries in the order of their keys
 */
public record Listing(long revision, List<Entry> entries) {
  /** Copies the entries. */
  public Listing {
    entries = List.copyOf(entries);
  }

  /** One entry by its key. */
  public Optional<Entry> get(String key) {
    return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
  }
}
