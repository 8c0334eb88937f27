package gantry.testkit.server;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A network bridge with a subnet that nobody else on this machine uses: two engines on one bridge
 * would hand out the same container addresses. Needs root. Removed when it is closed.
 */
record Bridge(String name, String gateway) implements AutoCloseable {
  private static final int MAX_TRIES = 20;
  // 10.200.0.0 to 10.239.255.0: private, and away from what engines and clouds take by default.
  private static final int FIRST_NET = 200;
  private static final int END_NET = 240;

  static Bridge create() {
    IllegalStateException last = null;
    for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
      int high = ThreadLocalRandom.current().nextInt(FIRST_NET, END_NET);
      int low = ThreadLocalRandom.current().nextInt(256);
      String net = "10." + high + "." + low + ".";
      if (isTaken(net)) {
        continue;
      }
      Bridge bridge = new Bridge("gantry-%x%02x".formatted(high, low), net + "1");
      try {
        ip("link", "add", "name", bridge.name, "type", "bridge");
        return bridge.configured();
      } catch (IllegalStateException e) {
        last = e; // somebody else took that name in this moment, or this is not root
      }
    }
    throw new IllegalStateException("cannot make a network bridge; tests need root", last);
  }

  private Bridge configured() {
    try {
      ip("addr", "add", gateway + "/24", "dev", name);
      ip("link", "set", name, "up");
      return this;
    } catch (IllegalStateException e) {
      close();
      throw e;
    }
  }

  @Override
  public void close() {
    ip("link", "delete", name);
  }

  private static boolean isTaken(String net) {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .map(InetAddress::getHostAddress)
          .anyMatch(address -> address.startsWith(net));
    } catch (SocketException e) {
      throw new IllegalStateException("cannot read the network interfaces", e);
    }
  }

  private static void ip(String... arguments) {
    new ShortCommand("ip", "iproute2", arguments).run();
  }
}
