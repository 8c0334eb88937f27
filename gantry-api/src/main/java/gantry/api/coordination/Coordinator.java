package gantry.api.coordination;

import gantry.api.Subscription;
import java.time.Duration;
import java.util.Optional;

/**
 * An ordered store of text values that all machines of a fleet share; every transaction happens
 * after every earlier one has been seen by all (linearizable). Keys start with {@code /}.
 *
 * <p>Every call is bounded (5 s). Errors: {@code COORDINATOR_UNREACHABLE} (no effect, a retry is
 * safe), {@code OUTCOME_UNKNOWN} (a transaction's answer was lost: read back, and since it may even
 * take effect later, make what is tried again conditional), {@code SESSION_LOST}. A transaction is
 * never sent twice by the plugin.
 */
public interface Coordinator extends AutoCloseable {
  /** One key, read from the newest state. */
  Optional<Entry> get(String key);

  /** Every key that starts with the prefix, at one moment. */
  Listing list(String prefix);

  /** Carries out all writes if all conditions hold, else none. */
  Outcome commit(Transaction transaction);

  /** Opens a session and keeps it alive until it is closed or lost. */
  Session openSession(Duration ttl);

  /**
   * Calls {@code wake} soon after a key that starts with the prefix was written or removed, and
   * whenever that may have been missed (reconnects, compaction). A hint to read again, nothing
   * more: calls may be doubled and come from any thread; {@code wake} must not block. Works through
   * outages until closed.
   */
  Subscription watch(String prefix, Runnable wake);

  /**
   * Frees connections and threads, closing sessions that are still open. Later calls throw {@link
   * IllegalStateException}; a second close does nothing.
   */
  @Override
  void close();
}
