package gantry.engine.config;

import gantry.api.Fields;
import gantry.api.proxy.HttpOptions;
import gantry.api.proxy.RouteKind;
import gantry.api.proxy.RouteOptions;
import java.util.List;

/** Reads how the proxy treats the connections of one port. */
final class RouteOptionsReader {
  private static final List<String> PROXY_PROTOCOLS = List.of("v2");
  private static final List<String> HTTP_ONLY =
      List.of("headTimeout", "keepAliveTimeout", "trustForwarded");

  private RouteOptionsReader() {}

  static RouteOptions read(Fields port, RouteKind kind) {
    RouteOptions fallback = RouteOptions.DEFAULT;
    RouteOptions options =
        new RouteOptions(
            port.millis("connectTimeout", 1, Limits.HOUR_MILLIS, fallback.connectTimeout()),
            port.millis("idleTimeout", 0, Limits.DAY_MILLIS, fallback.idleTimeout()),
            port.integer("maxConnections", 0, Limits.CONNECTIONS_MAX, fallback.maxConnections()),
            port.choice("proxyProtocol", PROXY_PROTOCOLS, "none").equals("v2"),
            port.millis("hold", 0, Limits.HOUR_MILLIS, fallback.hold()),
            http(port));
    judgeKind(port, kind);
    return options;
  }

  private static HttpOptions http(Fields port) {
    HttpOptions fallback = HttpOptions.DEFAULT;
    return new HttpOptions(
        port.millis("headTimeout", 1, Limits.HOUR_MILLIS, fallback.headTimeout()),
        port.millis("keepAliveTimeout", 1, Limits.HOUR_MILLIS, fallback.keepAliveTimeout()),
        port.flag("trustForwarded", fallback.trustForwarded()));
  }

  /** Options that would have no effect are mistakes: whoever wrote them counts on one. */
  private static void judgeKind(Fields port, RouteKind kind) {
    switch (kind) {
      case TCP ->
          HTTP_ONLY.stream()
              .filter(port::has)
              .forEach(name -> port.problem(name, "only for ports of kind http"));
      case HTTP -> {
        if (port.has("proxyProtocol")) {
          port.problem(
              "proxyProtocol",
              "only for ports of kind tcp; with http, X-Forwarded-For names the client");
        }
      }
    }
  }
}
