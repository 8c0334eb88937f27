package gantry.api.coordination;

import java.util.Optional;

/** One change of a transaction. */
public sealed interface Write {
  /** The key that is changed. */
  String key();

  /**
   * Writes a value.
   *
   * @param session the key ends with this session; empty means that it stays. Writing an existing
   *     key binds it anew.
   */
  record Put(String key, String value, Optional<Session> session) implements Write {}

  /** Removes the key; nothing happens when it does not exist. */
  record Delete(String key) implements Write {}

  /** Writes a value that stays. */
  static Write put(String key, String value) {
    return new Put(key, value, Optional.empty());
  }

  /** Writes a value that ends with a session. */
  static Write put(String key, String value, Session session) {
    return new Put(key, value, Optional.of(session));
  }

  /** Removes a key. */
  static Write delete(String key) {
    return new Delete(key);
  }
}
