package gantry.proxy.traffic.server;

import gantry.proxy.wire.WireAddress;
import java.net.InetAddress;

/**
 * A route of its own for each test case, so that what reaches the backend tells which case it is.
 * Lanes share two ports and differ in their loopback address.
 *
 * @param number from 0
 */
public record Lane(int number) {
  /** Most lanes at once. */
  public static final int MAX = 250 * 250;

  private static final int PER_OCTET = 250;
  private static final int LISTENERS = 1;
  private static final int BACKENDS = 2;

  /** Where the proxy listens. */
  public WireAddress listener(int port) {
    return address(LISTENERS, port);
  }

  /** Where the backend listens. */
  public WireAddress backend(int port) {
    return address(BACKENDS, port);
  }

  /** The lane that a backend's connection belongs to. */
  public static Lane ofBackend(InetAddress local) {
    byte[] octets = local.getAddress();
    return new Lane((octets[2] & 0xff) * PER_OCTET + (octets[3] & 0xff) - 1);
  }

  private WireAddress address(int net, int port) {
    int third = number / PER_OCTET;
    int fourth = number % PER_OCTET + 1;
    return WireAddress.of("127.%d.%d.%d".formatted(net, third, fourth), port);
  }
}
