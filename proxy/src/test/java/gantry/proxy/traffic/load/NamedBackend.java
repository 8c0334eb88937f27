package gantry.proxy.traffic.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import gantry.proxy.traffic.server.Lane;
import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireBackend;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Answers every GET with its name, as long as the client keeps the connection. */
public final class NamedBackend implements AutoCloseable {
  /** The first lane's, so that every contender finds it. */
  private static final String HOST = new Lane(0).backend(1).host();

  private static final int BACKLOG = 4096;

  private final String name;
  private final byte[] answer;
  private final ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.ofLiteral(HOST));
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicLong requests = new AtomicLong();
  private final Thread acceptor;

  /** Starts it on a free port of loopback. */
  public NamedBackend(String name) throws IOException {
    this.name = name;
    this.answer =
        "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(name.length(), name)
            .getBytes(ISO_8859_1);
    acceptor = Thread.ofVirtual().start(this::accept);
  }

  /** Where it listens. */
  public int port() {
    return server.getLocalPort();
  }

  /** For a route that sends connections here. */
  public WireBackend active() {
    return backend(true);
  }

  /** For a route that sends no more connections here. */
  public WireBackend draining() {
    return backend(false);
  }

  private WireBackend backend(boolean active) {
    return new WireBackend(name, WireAddress.of(HOST, server.getLocalPort()), active);
  }

  /** Requests that have arrived. */
  public long requests() {
    return requests.get();
  }

  /**
   * Dies as by SIGKILL: refuses from now on, and resets what is open. The kernel listens until the
   * thread that accepts has noticed.
   */
  public void kill() throws IOException {
    server.close();
    try {
      acceptor.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Socket socket : sockets) {
      reset(socket);
    }
  }

  private static void reset(Socket socket) throws IOException {
    try {
      socket.setSoLinger(true, 0);
    } catch (SocketException e) {
      if (!socket.isClosed()) {
        throw e;
      }
    }
    socket.close();
  }

  @Override
  public void close() throws IOException {
    kill();
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
      socket.setTcpNoDelay(true);
      HttpLines lines = new HttpLines(new BufferedInputStream(socket.getInputStream()));
      while (lines.next() != null) {
        requests.incrementAndGet();
        socket.getOutputStream().write(answer);
      }
    } catch (IOException endOfConnection) {
      // The clients tell what they missed.
    } finally {
      sockets.remove(socket);
    }
  }
}
