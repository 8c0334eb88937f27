package gantry.bench.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/** Loopback addresses and ports. */
public final class Ports {
  /** Where everything listens. */
  public static final String HOST = "127.0.0.1";

  /** The same as an address. */
  public static final InetAddress ADDRESS = InetAddress.ofLiteral(HOST);

  private static final int CONNECT_TIMEOUT_MILLIS = 1000;
  private static final int LOWEST = 12_000;
  private static final int LOWEST_OUTGOING = 32_768;

  /** Other benchmarks on the machine begin elsewhere. */
  private static int next = ThreadLocalRandom.current().nextInt(LOWEST, LOWEST_OUTGOING);

  private Ports() {}

  /**
   * A port that is free now, and that was not given before by this process. It lies below those
   * that the kernel gives to outgoing connections, one of which could take it in the meantime.
   */
  public static synchronized int free() {
    for (int tried = LOWEST; tried < LOWEST_OUTGOING; tried++) {
      int port = next++;
      if (next >= LOWEST_OUTGOING) {
        next = LOWEST;
      }
      if (isFree(port)) {
        return port;
      }
    }
    throw new BenchException("no free port on " + HOST);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(ADDRESS, port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  /** Whether somebody accepts connections there. */
  public static boolean isOpen(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(ADDRESS, port), CONNECT_TIMEOUT_MILLIS);
      return true;
    } catch (IOException notOpen) {
      return false;
    }
  }
}
