package gantry.proxy.control;

import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireBackend;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A little server on loopback; each connection is handled on a thread of its own. */
final class TestBackend implements AutoCloseable {
  private final String id;
  private final ServerSocket server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();

  interface Handler {
    void handle(Socket socket) throws IOException;
  }

  TestBackend(String id, Handler handler) throws IOException {
    this.id = id;
    this.server = new ServerSocket(0, 4096, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> accept(handler));
  }

  /** Sends back what it gets, and the end of it. */
  static TestBackend echo(String id) throws IOException {
    return new TestBackend(
        id,
        socket -> {
          socket.getInputStream().transferTo(socket.getOutputStream());
          socket.shutdownOutput();
        });
  }

  /** Says its id, then waits for the client to finish. */
  static TestBackend named(String id) throws IOException {
    return new TestBackend(
        id,
        socket -> {
          socket.getOutputStream().write(id.getBytes(java.nio.charset.StandardCharsets.UTF_8));
          socket.shutdownOutput();
          socket.getInputStream().readAllBytes();
        });
  }

  WireBackend active() {
    return new WireBackend(id, WireAddress.of("127.0.0.1", server.getLocalPort()), true);
  }

  WireBackend draining() {
    return new WireBackend(id, WireAddress.of("127.0.0.1", server.getLocalPort()), false);
  }

  int accepted() {
    return accepted.get();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept(Handler handler) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        accepted.incrementAndGet();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(handler, socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Handler handler, Socket socket) {
    try (socket) {
      handler.handle(socket);
    } catch (IOException endOfConnection) {
      // The tests look at the client's side.
    } finally {
      sockets.remove(socket);
    }
  }
}
