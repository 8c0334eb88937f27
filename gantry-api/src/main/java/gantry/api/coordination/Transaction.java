package gantry.api.coordination;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes that happen together, if all conditions hold. Conditions are judged before the first
 * write.
 *
 * @param writes at most one per key
 */
public record Transaction(List<Condition> conditions, List<Write> writes) {
  /** Conditions, and writes, of one transaction at most: etcd's own limit is 128 operations. */
  public static final int MAX_OPERATIONS = 128;

  /** Characters of all keys and values at most: etcd's own limit is 1.5 MiB for a request. */
  public static final int MAX_CHARACTERS = 500_000;

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException two writes of one key, or more than a store takes
   */
  public Transaction {
    conditions = List.copyOf(conditions);
    writes = List.copyOf(writes);
    Set<String> keys = new HashSet<>();
    long characters = 0;
    for (Write write : writes) {
      if (!keys.add(write.key())) {
        throw new IllegalArgumentException("two writes of one key: " + write.key());
      }
      characters += write.key().length();
      characters += write instanceof Write.Put put ? put.value().length() : 0;
    }
    if (conditions.size() > MAX_OPERATIONS || writes.size() > MAX_OPERATIONS) {
      throw new IllegalArgumentException(
          "too many conditions or writes: %d and %d, limit %d"
              .formatted(conditions.size(), writes.size(), MAX_OPERATIONS));
    }
    if (characters > MAX_CHARACTERS) {
      throw new IllegalArgumentException(
          "transaction too large: %d characters, limit %d".formatted(characters, MAX_CHARACTERS));
    }
  }
}
