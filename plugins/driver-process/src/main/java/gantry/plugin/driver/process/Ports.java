package gantry.plugin.driver.process;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Chooses ports on loopback, below those that the kernel gives to outgoing connections: a port of
 * that range could be taken by any client before the process listens on it.
 */
final class Ports {
  private static final int FIRST = 20_000;

  /** Linux' default start of the range for outgoing connections. */
  private static final int DEFAULT_END = 32_768;

  private static final int RANGE_BYTES = 64;

  private static final Path EPHEMERAL = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

  private Ports() {}

  /**
   * A port that is free now.
   *
   * @param seed where to begin: containers begin at different places, so that those of several
   *     state folders on one host hardly ever meet
   * @param taken not these: given to containers that may not listen yet
   */
  static int choose(int seed, Set<Integer> taken) {
    int count = end() - FIRST;
    int offset = Math.floorMod(seed, count);
    for (int i = 0; i < count; i++) {
      int port = FIRST + (offset + i) % count;
      if (!taken.contains(port) && isFree(port)) {
        return port;
      }
    }
    throw new GantryException(
        ErrorCode.ENGINE_REFUSED, "no free port on loopback from " + FIRST + " to " + (end() - 1));
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false; // somebody listens there
    }
  }

  private static int end() {
    try (InputStream range = Files.newInputStream(EPHEMERAL)) {
      // In one read: the kernel answers a second one with the end of the file, and readString's
      // first one is for a single byte, because the file has no size.
      String text = new String(range.readNBytes(RANGE_BYTES), StandardCharsets.US_ASCII);
      int low = Integer.parseInt(text.strip().split("\\s+", -1)[0]);
      return low > FIRST + ContainerStore.MAX_CONTAINERS ? low : 65_536;
    } catch (IOException | NumberFormatException e) {
      return DEFAULT_END;
    }
  }
}
