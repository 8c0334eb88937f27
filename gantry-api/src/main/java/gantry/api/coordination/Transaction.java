package gantry.api.coordination;

import java.util.List;

/**
 * Writes that happen together, if all conditions hold.
 *
 * @param writes at most one per key
 */
public record Transaction(List<Condition> conditions, List<Write> writes) {
  /** Copies the lists. */
  public Transaction {
    conditions = List.copyOf(conditions);
    writes = List.copyOf(writes);
  }
}
