package gantry.api;

/**
 * A TCP address: a host name or literal address, and a port.
 *
 * @param port 1 to 65535
 */
public record Endpoint(String host, int port) {
  /** Checks the port's range. */
  public Endpoint {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port out of range: " + port);
    }
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
