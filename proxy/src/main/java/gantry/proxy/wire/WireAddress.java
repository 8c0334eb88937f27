package gantry.proxy.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A literal IP address and a port. Names are not resolved (a proxy that waits for DNS is no proxy),
 * except {@code localhost}, which is 127.0.0.1.
 *
 * @param host as the JDK writes the address, so that equal addresses are equal texts
 * @param port 1 to 65535
 */
public record WireAddress(String host, int port) {
  static final List<String> NAMES = List.of("host", "port");

  /** Reads {@code host} and {@code port} of an object. */
  public static WireAddress from(WireFields fields) throws WireException {
    int port = (int) fields.number("port", 1, 65535);
    try {
      return of(fields.text("host"), port);
    } catch (IllegalArgumentException e) {
      throw fields.wrong("host", "a literal IP address or localhost");
    }
  }

  /**
   * Brings the host into its one form.
   *
   * @throws IllegalArgumentException when the host is neither a literal address nor localhost
   */
  public static WireAddress of(String host, int port) {
    String literal = host.equals("localhost") ? "127.0.0.1" : host;
    return new WireAddress(InetAddress.ofLiteral(literal).getHostAddress(), port);
  }

  /** The form in which it travels. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("host", host);
    json.put("port", port);
    return json;
  }

  /** The address as a socket takes it. */
  public InetSocketAddress socketAddress() {
    return new InetSocketAddress(InetAddress.ofLiteral(host), port);
  }

  /** Whether both cannot be bound at once because one of them stands for all addresses. */
  public boolean overlaps(WireAddress other) {
    return port == other.port && (host.equals(other.host) || isWildcard() || other.isWildcard());
  }

  private boolean isWildcard() {
    return InetAddress.ofLiteral(host).isAnyLocalAddress();
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
