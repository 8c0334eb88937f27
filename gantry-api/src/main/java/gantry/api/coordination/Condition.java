package gantry.api.coordination;

/** What must hold for a transaction to be carried out. */
public sealed interface Condition {
  /** The key that the condition is about. */
  String key();

  /** The key does not exist. */
  record Absent(String key) implements Condition {}

  /** The key exists and was last written at this revision. */
  record Unchanged(String key, long modRevision) implements Condition {}

  /** The key exists and came into being at this revision, whatever was written since: a fence. */
  record SameLife(String key, long createRevision) implements Condition {}
}
