package gantry.api.proxy;

import java.time.Duration;

/**
 * How a route treats its connections. Durations are whole milliseconds.
 *
 * @param connectTimeout how long a backend may take to accept before the next one is tried, at
 *     least 1 ms
 * @param idleTimeout silence in both directions after which a connection is reset; zero for never
 * @param maxConnections client connections of the route at once, more are reset; zero for no limit
 *     but the proxy's own
 * @param proxyProtocolV2 whether the backend is told the client's address by a header of the PROXY
 *     protocol, version 2; not for HTTP
 * @param hold how long a client waits for an active backend when there is none; zero for not
 * @param http what only a route of kind {@link RouteKind#HTTP} uses
 */
public record RouteOptions(
    Duration connectTimeout,
    Duration idleTimeout,
    int maxConnections,
    boolean proxyProtocolV2,
    Duration hold,
    HttpOptions http) {
  /** What holds when nobody says otherwise. */
  public static final RouteOptions DEFAULT =
      new RouteOptions(
          Duration.ofSeconds(5), Duration.ZERO, 0, false, Duration.ZERO, HttpOptions.DEFAULT);
}
