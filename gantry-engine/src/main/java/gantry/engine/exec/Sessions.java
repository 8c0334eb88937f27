package gantry.engine.exec;

import gantry.api.Clock;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.coordination.Coordinator;
import gantry.api.coordination.Session;
import gantry.engine.plan.Lease;
import gantry.engine.store.SlotView;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one session with the coordinator for this process, opening another when it was lost.
 * Thread-safe.
 */
public final class Sessions implements AutoCloseable {
  /**
   * Whoever acts on a lease must be done before it can end: an action that needs one is not begun
   * with less than this left, which is what a switch may take, or half of a shorter lease. A lease
   * that is renewed every third of its time never has less than two thirds.
   */
  static final Duration MARGIN = Duration.ofSeconds(5);

  /** A coordinator that is away is not asked for a session more often than this. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

  private final Coordinator coordinator;
  private final Clock clock;
  private final Duration ttl;
  private @Nullable Session session;
  private long nextTryNanos;

  /** Sessions that live this long after their last renewal. */
  public Sessions(Coordinator coordinator, Clock clock, Duration ttl) {
    this.coordinator = coordinator;
    this.clock = clock;
    this.ttl = ttl;
    this.nextTryNanos = clock.monotonicNanos();
  }

  /** The lease as it is now; opens a session if there is none and the coordinator answers. */
  public synchronized Lease lease() {
    return open().map(s -> new Lease(s.id(), isSafe(s))).orElse(Lease.NONE);
  }

  /** The present session, opened if need be; empty while the coordinator does not answer. */
  public synchronized Optional<Session> open() {
    if (session != null && !session.remaining().isZero()) {
      return Optional.of(session);
    }
    long now = clock.monotonicNanos();
    if (now - nextTryNanos < 0) {
      return Optional.empty();
    }
    nextTryNanos = now + RETRY.toNanos();
    try {
      session = coordinator.openSession(ttl);
      return Optional.of(session);
    } catch (GantryException e) {
      LOG.debug("no session: {}", e.text());
      return Optional.empty();
    }
  }

  /**
   * The session that an action is bound to.
   *
   * @throws GantryException {@code SESSION_LOST} if its lease is not certain to hold long enough
   */
  synchronized Session require() {
    if (session == null || !isSafe(session)) {
      throw new GantryException(
          ErrorCode.SESSION_LOST, "the lease has ended, or is about to: nothing was done");
    }
    return session;
  }

  /**
   * Makes sure that a slot is still held. A session that was opened meanwhile holds none of the
   * slots of the one before.
   *
   * @throws GantryException {@code SESSION_LOST} if its lease is not certain to hold long enough
   */
  synchronized void require(SlotView slot) {
    String holder = slot.slot().map(held -> held.value().session()).orElse("");
    if (!require().id().equals(holder)) {
      throw new GantryException(
          ErrorCode.SESSION_LOST,
          "the slot was held under a lease that has ended: nothing was done");
    }
  }

  private static boolean isSafe(Session session) {
    Duration half = session.ttl().dividedBy(2);
    return session.remaining().compareTo(half.compareTo(MARGIN) < 0 ? half : MARGIN) > 0;
  }

  @Override
  public synchronized void close() {
    if (session != null) {
      session.close();
      session = null;
    }
  }
}
