package gantry.proxy.traffic.desync;

import gantry.proxy.traffic.server.Lane;
import gantry.testkit.server.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps every byte of every connection, and answers what a lenient server would take for a request.
 * A connection ends when the proxy ends it.
 */
final class RecordingBackend implements AutoCloseable {
  private static final int BACKLOG = 16;

  private final List<ServerSocket> servers = new ArrayList<>();
  private final ConcurrentMap<Lane, Queue<Recording>> recordings = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();

  RecordingBackend(int lanes) throws IOException {
    int port = FreePorts.next();
    for (int i = 0; i < lanes; i++) {
      InetAddress address = InetAddress.ofLiteral(new Lane(i).backend(port).host());
      ServerSocket server = new ServerSocket(port, BACKLOG, address);
      servers.add(server);
      Thread.ofVirtual().start(() -> accept(server));
    }
  }

  int port() {
    return servers.getFirst().getLocalPort();
  }

  /** Connections that the proxy has not ended. */
  int open() {
    return open.get();
  }

  /** What came over each of a lane's connections. */
  List<byte[]> recordings(Lane lane) {
    return recordings.getOrDefault(lane, new ConcurrentLinkedQueue<>()).stream()
        .map(Recording::bytes)
        .filter(bytes -> bytes.length > 0)
        .toList();
  }

  private void accept(ServerSocket server) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    Recording recording = new Recording();
    Lane lane = Lane.ofBackend(socket.getLocalAddress());
    recordings.computeIfAbsent(lane, l -> new ConcurrentLinkedQueue<>()).add(recording);
    try (socket) {
      byte[] buffer = new byte[64 * 1024];
      for (int read = 0; read >= 0; read = socket.getInputStream().read(buffer)) {
        socket.getOutputStream().write(recording.add(buffer, read));
      }
    } catch (IOException endOfConnection) {
      // What came until then is recorded.
    } finally {
      open.decrementAndGet();
    }
  }

  @Override
  public void close() throws IOException {
    for (ServerSocket server : servers) {
      server.close();
    }
  }
}
