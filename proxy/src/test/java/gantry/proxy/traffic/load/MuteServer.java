package gantry.proxy.traffic.load;

import static org.awaitility.Awaitility.await;

import gantry.proxy.wire.WireAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A server whose queue is full, so that the kernel does not answer a connect at all. */
public final class MuteServer implements AutoCloseable {
  private static final int FILLERS = 4;
  private static final int PROBE_MILLIS = 200;

  private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final List<Socket> fillers = new ArrayList<>();

  /** Returns when its queue is full. */
  public MuteServer() throws IOException {
    for (int i = 0; i < FILLERS; i++) {
      Socket filler = new Socket();
      fillers.add(filler);
      Thread.ofVirtual().start(() -> connect(filler));
    }
    await().until(this::isFull);
  }

  /** Where it does not answer. */
  public WireAddress address() {
    return WireAddress.of("127.0.0.1", server.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    for (Socket filler : fillers) {
      filler.close();
    }
    server.close();
  }

  private void connect(Socket socket) {
    try {
      socket.connect(server.getLocalSocketAddress());
    } catch (IOException e) {
      // It was closed at the end.
    }
  }

  private boolean isFull() throws IOException {
    try (Socket probe = new Socket()) {
      probe.connect(server.getLocalSocketAddress(), PROBE_MILLIS);
      return false;
    } catch (SocketTimeoutException full) {
      return true;
    }
  }
}
