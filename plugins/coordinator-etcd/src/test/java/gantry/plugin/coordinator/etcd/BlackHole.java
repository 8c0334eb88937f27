package gantry.plugin.coordinator.etcd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A port that a connection can be opened to, at most, and that never answers. */
final class BlackHole implements AutoCloseable {
  private static final int PROBE_MILLIS = 200;

  private final ServerSocket socket;
  private final List<Socket> waiting = new ArrayList<>();

  private BlackHole(int backlog) {
    try {
      socket = new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Connections are made by the kernel, and nobody ever reads from them. */
  static BlackHole silent() {
    return new BlackHole(50);
  }

  /** Not even a connection is made: the queue is full, so the kernel drops what asks for one. */
  static BlackHole full() {
    BlackHole hole = new BlackHole(1);
    while (hole.connects()) {
      if (hole.waiting.size() > 20) {
        throw new IllegalStateException("the queue does not fill");
      }
    }
    return hole;
  }

  String endpoint() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  private boolean connects() {
    Socket probe = new Socket();
    waiting.add(probe);
    try {
      probe.connect(socket.getLocalSocketAddress(), PROBE_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      for (Socket probe : waiting) {
        probe.close();
      }
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
