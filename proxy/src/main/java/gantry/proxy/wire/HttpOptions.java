package gantry.proxy.wire;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a route of {@code kind: http} may set beyond {@link RouteOptions}.
 *
 * @param headTimeout how long a client may take to send the head of a request
 * @param keepAliveTimeout how long an open connection may wait for its next request
 * @param trustForwarded whether the forwarding headers that a client sends are kept and added to;
 *     otherwise they are replaced
 */
public record HttpOptions(Duration headTimeout, Duration keepAliveTimeout, boolean trustForwarded) {
  /** What holds when a route says nothing. */
  public static final HttpOptions DEFAULT =
      new HttpOptions(Duration.ofSeconds(10), Duration.ofSeconds(75), false);

  static final List<String> NAMES = List.of("headTimeout", "keepAliveTimeout", "trustForwarded");

  static HttpOptions from(WireFields route) throws WireException {
    return new HttpOptions(
        route.millis("headTimeout", 1, RouteOptions.MAX_MILLIS, DEFAULT.headTimeout),
        route.millis("keepAliveTimeout", 1, RouteOptions.MAX_MILLIS, DEFAULT.keepAliveTimeout),
        route.flag("trustForwarded", DEFAULT.trustForwarded));
  }

  /** Adds what is not the default. */
  void addTo(Map<String, Object> json) {
    if (!headTimeout.equals(DEFAULT.headTimeout)) {
      json.put("headTimeout", headTimeout.toMillis());
    }
    if (!keepAliveTimeout.equals(DEFAULT.keepAliveTimeout)) {
      json.put("keepAliveTimeout", keepAliveTimeout.toMillis());
    }
    if (trustForwarded) {
      json.put("trustForwarded", true);
    }
  }
}
