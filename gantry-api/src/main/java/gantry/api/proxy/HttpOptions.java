package gantry.api.proxy;

import java.time.Duration;

/**
 * What a route of kind {@link RouteKind#HTTP} may set beyond {@link RouteOptions}.
 *
 * @param headTimeout how long a client may take to send the head of a request, at least 1 ms
 * @param keepAliveTimeout how long an open connection may wait for its next request, at least 1 ms
 * @param trustForwarded whether the forwarding headers that a client sends are kept and added to;
 *     otherwise they are replaced
 */
public record HttpOptions(Duration headTimeout, Duration keepAliveTimeout, boolean trustForwarded) {
  /** What holds when nobody says otherwise. */
  public static final HttpOptions DEFAULT =
      new HttpOptions(Duration.ofSeconds(10), Duration.ofSeconds(75), false);
}
