package gantry.api.coordination;

import gantry.api.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

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
  /** The revision of a hint that does not know what it is about: whatever was read may be old. */
  long UNKNOWN = Long.MAX_VALUE;

  /**
   * Reads the newest state, all ranges at one moment and in one call.
   *
   * @param ranges at least one
   * @return a listing for each range, in their order, all of one revision
   */
  List<Listing> read(List<Range> ranges);

  /** One key, read from the newest state. */
  default Optional<Entry> get(String key) {
    return read(List.of(new Range.Key(key))).getFirst().entries().stream().findFirst();
  }

  /** Every key that starts with the prefix, at one moment. */
  default Listing list(String prefix) {
    return read(List.of(new Range.Prefix(prefix))).getFirst();
  }

  /** Carries out all writes if all conditions hold, else none. */
  Outcome commit(Transaction transaction);

  /** Opens a session and keeps it alive until it is closed or lost. */
  Session openSession(Duration ttl);

  /**
   * Calls {@code changed} soon after a key that starts with the prefix was written or removed, with
   * the store revision of that, and with {@link #UNKNOWN} whenever that may have been missed
   * (reconnects, compaction). A hint to read again, nothing more: whoever has read at that revision
   * or a later one has seen the change. Calls may be doubled, one may stand for several changes,
   * with the newest's revision, and they come from any thread; {@code changed} must not block.
   * Works through outages until closed.
   *
   * @param after the revision of what was read: changes after it are told, also those from before
   *     this call, so that between reading and watching nothing is missed; 0 tells those from about
   *     now on
   */
  Subscription watch(String prefix, long after, LongConsumer changed);

  /** The same from about now on, for whoever reads again after every hint. */
  default Subscription watch(String prefix, Runnable wake) {
    return watch(prefix, 0, revision -> wake.run());
  }

  /**
   * Frees connections and threads, closing sessions that are still open. Later calls throw {@link
   * IllegalStateException}; a second close does nothing.
   */
  @Override
  void close();
}
