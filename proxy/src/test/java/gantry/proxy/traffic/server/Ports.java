package gantry.proxy.traffic.server;

import gantry.proxy.wire.WireAddress;
import java.io.IOException;
import java.net.Socket;

/** Looks whether somebody listens. */
public final class Ports {
  private static final int TIMEOUT_MILLIS = 1_000;

  private Ports() {}

  /** Whether a connection to this address is accepted now. */
  public static boolean accepts(WireAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address.socketAddress(), TIMEOUT_MILLIS);
      return true;
    } catch (IOException e) {
      return false; // not yet, or not any more
    }
  }
}
