package gantry.testkit.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Hands out TCP ports that are free on loopback. A port is handed out once per JVM and lies below
 * the range that the system takes for outgoing connections (32768 and up), so that nothing else
 * takes it before the server does.
 */
public final class FreePorts {
  private static final int FIRST = 20_000;
  private static final int END = 32_000;
  private static final int MAX_TRIES = 1_000;
  private static final Set<Integer> TAKEN = ConcurrentHashMap.newKeySet();

  private FreePorts() {}

  /** A port that nobody listens on. */
  public static int next() {
    for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      if (TAKEN.add(port) && isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port from " + FIRST + " to " + END);
  }

  private static boolean isFree(int port) {
    try (ServerSocket any = new ServerSocket(port);
        ServerSocket loopback = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.isBound() && loopback.isBound();
    } catch (IOException e) {
      return false; // in use: the caller tries the next one
    }
  }
}
