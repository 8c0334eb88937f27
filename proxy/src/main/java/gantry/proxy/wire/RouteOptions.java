package gantry.proxy.wire;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a route treats its connections. In JSON, durations are whole milliseconds, and what is the
 * default is left out, so that proxies and clients that do not know an option yet understand routes
 * that do not use it.
 *
 * @param connectTimeout how long a backend may take to accept before the next one is tried
 * @param idleTimeout silence in both directions after which a connection is reset; zero for never
 * @param maxConnections client connections of the route at once, more are reset; zero for no limit
 *     but the proxy's own
 * @param proxyProtocol whether the backend is told the client's address by a header of the PROXY
 *     protocol, version 2
 * @param hold how long a client waits for an active backend when there is none; zero for not
 * @param http what only a route of {@code kind: http} uses
 */
public record RouteOptions(
    Duration connectTimeout,
    Duration idleTimeout,
    int maxConnections,
    boolean proxyProtocol,
    Duration hold,
    HttpOptions http) {
  /** Longest of all durations: a day. */
  public static final int MAX_MILLIS = 24 * 60 * 60 * 1000;

  /** Highest limit of connections that a route can set. */
  public static final int MAX_CONNECTIONS = 1_000_000;

  /** What holds when a route says nothing. */
  public static final RouteOptions DEFAULT =
      new RouteOptions(
          Duration.ofSeconds(5), Duration.ZERO, 0, false, Duration.ZERO, HttpOptions.DEFAULT);

  static final List<String> NAMES =
      List.of("connectTimeout", "idleTimeout", "maxConnections", "proxyProtocol", "hold");

  private static final String VERSION_2 = "v2";

  static RouteOptions from(WireFields route, String kind) throws WireException {
    boolean http = kind.equals(WireRoute.HTTP);
    checkKind(route, http);
    return new RouteOptions(
        route.millis("connectTimeout", 1, MAX_MILLIS, DEFAULT.connectTimeout),
        route.millis("idleTimeout", 0, MAX_MILLIS, DEFAULT.idleTimeout),
        (int) route.number("maxConnections", 0, MAX_CONNECTIONS, DEFAULT.maxConnections),
        proxyProtocol(route),
        route.millis("hold", 0, MAX_MILLIS, DEFAULT.hold),
        http ? HttpOptions.from(route) : HttpOptions.DEFAULT);
  }

  private static boolean proxyProtocol(WireFields route) throws WireException {
    if (!route.has("proxyProtocol")) {
      return DEFAULT.proxyProtocol;
    }
    if (route.text("proxyProtocol").equals(VERSION_2)) {
      return true;
    }
    throw route.wrong("proxyProtocol", VERSION_2);
  }

  /**
   * One backend connection carries the requests of many clients in HTTP, so that a header about one
   * client at its start would be wrong for the others.
   */
  private static void checkKind(WireFields route, boolean http) throws WireException {
    if (http && route.has("proxyProtocol")) {
      throw route.wrong(
          "proxyProtocol", "nothing in a route of kind http (which sends X-Forwarded-For)");
    }
    for (String name : HttpOptions.NAMES) {
      if (!http && route.has(name)) {
        throw route.wrong(name, "nothing in a route of kind tcp");
      }
    }
  }

  /** Adds what is not the default. */
  void addTo(Map<String, Object> json) {
    if (!connectTimeout.equals(DEFAULT.connectTimeout)) {
      json.put("connectTimeout", connectTimeout.toMillis());
    }
    if (!idleTimeout.isZero()) {
      json.put("idleTimeout", idleTimeout.toMillis());
    }
    if (maxConnections != 0) {
      json.put("maxConnections", maxConnections);
    }
    if (proxyProtocol) {
      json.put("proxyProtocol", VERSION_2);
    }
    if (!hold.isZero()) {
      json.put("hold", hold.toMillis());
    }
    http.addTo(json);
  }
}
