package gantry.testkit.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import gantry.api.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A server on loopback that says its id and a line feed, then sends back what it gets. */
final class EchoBackend implements AutoCloseable {
  private final String id;
  private final ServerSocket server;
  private final Thread acceptor;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  EchoBackend(String id) {
    this.id = id;
    try {
      this.server = new ServerSocket(0, 1024, InetAddress.ofLiteral("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start backend " + id, e);
    }
    this.acceptor = Thread.ofVirtual().start(this::accept);
  }

  Endpoint endpoint() {
    return new Endpoint("127.0.0.1", server.getLocalPort());
  }

  /** Nothing new is accepted from now on: the socket is closed once nobody waits at it. */
  void refuse() {
    try {
      server.close();
      acceptor.join();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot stop backend " + id, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while backend " + id + " ends", e);
    }
  }

  @Override
  public void close() {
    refuse();
    try {
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot stop backend " + id, e);
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.getOutputStream().write((id + "\n").getBytes(UTF_8));
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException clientLeft) {
      // What the client saw is what the test looks at.
    } finally {
      sockets.remove(socket);
    }
  }
}
