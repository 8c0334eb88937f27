package gantry.proxy.control;

import gantry.proxy.tcp.Tally;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Tells watchers that a backend has no connection any more: at once when it is draining, at most
 * once a second when it is active, because an active backend with one client after the other falls
 * to zero thousands of times a second.
 */
final class DrainNotices {
  private static final long ACTIVE_INTERVAL_MILLIS = 1000;

  private final ScheduledExecutorService steering;
  private final BiConsumer<String, String> watchers;
  private final Set<Tally> active = ConcurrentHashMap.newKeySet();

  /**
   * Sets up the path to the watchers.
   *
   * @param watchers gets owner and backend id, on the steering thread
   */
  DrainNotices(ScheduledExecutorService steering, BiConsumer<String, String> watchers) {
    this.steering = steering;
    this.watchers = watchers;
  }

  /** Replaces the set of backends that get new connections. */
  void active(Set<Tally> tallies) {
    active.retainAll(tallies);
    active.addAll(tallies);
  }

  /** A count fell to zero; called on event loops. */
  void idle(Tally tally) {
    try {
      if (!active.contains(tally)) {
        steering.execute(() -> tell(tally));
      } else if (tally.markAnnounced()) {
        var _ =
            steering.schedule(
                () -> tellActive(tally), ACTIVE_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (RejectedExecutionException shuttingDown) {
      // Nobody is left to be told: watchers notice the end of the proxy itself.
    }
  }

  /** Tells it now when it is so. On the steering thread. */
  void tell(Tally tally) {
    if (tally.count() == 0) {
      watchers.accept(tally.owner(), tally.id());
    }
  }

  private void tellActive(Tally tally) {
    tally.clearAnnounced();
    tell(tally);
  }
}
