package gantry.api.proxy;

/** What the proxy understands of a route's traffic. */
public enum RouteKind {
  /** Connections, byte for byte. */
  TCP,
  /** HTTP/1.1 requests. */
  HTTP
}
