package gantry.api.coordination;

import gantry.api.Subscription;
import java.time.Duration;

/**
 * A lease that the coordinator plugin keeps alive. Keys bound to it are removed by the store some
 * time after the renewals end: never before {@link #remaining()} is zero.
 */
public interface Session extends AutoCloseable {
  /** Unique in the store, never used twice. */
  String id();

  /** How long the lease lives after a renewal. */
  Duration ttl();

  /**
   * How long the lease is certain to be held without another renewal: counted on the monotonic
   * clock from the moment at which the last answered renewal was <em>sent</em>. Zero once it is
   * lost; a lost session stays lost. Never blocks.
   */
  Duration remaining();

  /** Calls {@code wake} soon after the session was found lost, at once if it already is. */
  Subscription onLost(Runnable wake);

  /** Ends the lease and removes its keys at once, as far as the store can be reached (2 s). */
  @Override
  void close();
}
