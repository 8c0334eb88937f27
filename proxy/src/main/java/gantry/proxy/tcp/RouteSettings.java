package gantry.proxy.tcp;

import java.time.Duration;

/**
 * What a route wants besides its backends. Durations of zero stand for "never".
 *
 * @param http whether requests are routed instead of connections
 * @param connectTimeout how long a backend may take to accept before the next one is tried
 * @param idleTimeout silence in both directions after which a connection is reset
 * @param maxConnections open client connections of the route; one more is reset; 0 for no limit
 * @param proxyProtocol whether backends are told the client's address by PROXY protocol version 2
 * @param hold how long a client waits for an active backend
 * @param headTimeout how long a request's head may take from its first byte on
 * @param keepAliveTimeout how long a client may be silent between requests
 * @param trustForwarded whether X-Forwarded-Proto and -Host of clients are passed on
 */
public record RouteSettings(
    boolean http,
    Duration connectTimeout,
    Duration idleTimeout,
    int maxConnections,
    boolean proxyProtocol,
    Duration hold,
    Duration headTimeout,
    Duration keepAliveTimeout,
    boolean trustForwarded) {
  /** A TCP route that asks for nothing. */
  public static final RouteSettings TCP =
      new RouteSettings(
          false,
          Duration.ofSeconds(5),
          Duration.ZERO,
          0,
          false,
          Duration.ZERO,
          Duration.ofSeconds(10),
          Duration.ofSeconds(75),
          false);
}
