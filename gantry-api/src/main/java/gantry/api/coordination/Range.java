package gantry.api.coordination;

/** Which keys are read. */
public sealed interface Range {
  /** One key, whether it is there or not. */
  record Key(String key) implements Range {}

  /** Every key that starts with the prefix. */
  record Prefix(String prefix) implements Range {}
}
