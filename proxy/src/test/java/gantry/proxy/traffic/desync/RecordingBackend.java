package gantry.proxy.traffic.desync;

import gantry.proxy.traffic.server.Lane;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
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
  private static final int BACKLOG = 1024;

  private final ServerSocket server = new ServerSocket(0, BACKLOG);
  private final ConcurrentMap<Lane, Queue<Recording>> recordings = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();

  RecordingBackend() throws IOException {
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
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

  private void accept() {
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
    server.close();
  }
}
