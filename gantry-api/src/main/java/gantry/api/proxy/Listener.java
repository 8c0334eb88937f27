package gantry.api.proxy;

/**
 * An address that the proxy accepts connections on.
 *
 * @param host a literal address of this machine; {@code 0.0.0.0} for all
 * @param port 1 to 65535
 */
public record Listener(String host, int port) {
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
