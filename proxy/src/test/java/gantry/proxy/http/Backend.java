package gantry.proxy.http;

import gantry.proxy.wire.WireAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server whose connections do what a script says, each on a thread of its own. */
final class Backend implements AutoCloseable {
  private final String id;
  private final ServerSocket server;
  private final Thread acceptor;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();

  /** What a connection does. */
  interface Script {
    void run(Wire wire) throws IOException;
  }

  Backend(String id, Script script) throws IOException {
    this.id = id;
    this.server = new ServerSocket(0, 4096, InetAddress.getLoopbackAddress());
    this.acceptor = Thread.ofVirtual().start(() -> accept(script));
  }

  /** Answers each request with the same bytes. */
  static Backend answering(String id, String answer) throws IOException {
    return new Backend(
        id,
        wire -> {
          while (wire.readHead() != null) {
            wire.skipBody();
            wire.write(answer);
          }
        });
  }

  /** Answers each request with its id. */
  static Backend named(String id) throws IOException {
    return answering(id, "HTTP/1.1 200 OK\r\nContent-Length: " + id.length() + "\r\n\r\n" + id);
  }

  /** Sends back each body. */
  static Backend echo(String id) throws IOException {
    return new Backend(
        id,
        wire -> {
          while (wire.readHead() != null) {
            byte[] body = wire.readBody();
            wire.write("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n");
            wire.write(body);
          }
        });
  }

  /** Answers a request with so many bytes and the end of the connection. */
  static Backend untilClose(String id, int bytes) throws IOException {
    return new Backend(
        id,
        wire -> {
          wire.readHead();
          wire.write("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(bytes));
        });
  }

  static WireAddress freeAddress() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return WireAddress.of("127.0.0.1", probe.getLocalPort());
    }
  }

  String id() {
    return id;
  }

  WireAddress address() {
    return WireAddress.of("127.0.0.1", server.getLocalPort());
  }

  /** The heads of all requests so far. */
  List<String> heads() {
    return heads;
  }

  int accepted() {
    return accepted.get();
  }

  /** Connections that the other side has not ended yet. */
  int open() {
    return open.size();
  }

  /** Returns when connects are refused: the kernel accepts until the acceptor has left. */
  @Override
  public void close() throws IOException {
    server.close();
    try {
      acceptor.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Socket socket : open) {
      socket.close();
    }
  }

  private void accept(Script script) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        accepted.incrementAndGet();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(script, socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Script script, Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      script.run(new Wire(socket, heads));
    } catch (IOException endOfConnection) {
      // The tests look at the client's side.
    } finally {
      open.remove(socket);
    }
  }
}
