package gantry.proxy.traffic.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import gantry.proxy.traffic.server.Lane;
import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireBackend;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers GET with a body of the length that the path says, and takes the body of a POST when it is
 * allowed to read. Counts the bytes of both.
 */
public final class EndlessBackend implements AutoCloseable {
  /** The first lane's, so that every contender finds it. */
  private static final String HOST = new Lane(0).backend(1).host();

  private static final int BACKLOG = 1024;

  /** What every body is made of. */
  private static final byte[] PORTION = new byte[64 * 1024];

  private final ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.ofLiteral(HOST));
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong received = new AtomicLong();
  private final Semaphore reading = new Semaphore(0);

  /** Starts it on a free port of loopback. */
  public EndlessBackend() throws IOException {
    Thread.ofVirtual().start(this::accept);
  }

  /** Where it listens. */
  public int port() {
    return server.getLocalPort();
  }

  /** For a route that sends connections here. */
  public WireBackend active() {
    return new WireBackend("endless", WireAddress.of(HOST, server.getLocalPort()), true);
  }

  /** Bytes of bodies that went into sockets so far. */
  public long sent() {
    return sent.get();
  }

  /** Bytes of bodies that were read so far. */
  public long received() {
    return received.get();
  }

  /** From now on the bodies of so many requests are read; before that, none is. */
  public void allowReading(int requests) {
    reading.release(requests);
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
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
      socket.setTcpNoDelay(true);
      InputStream input = new BufferedInputStream(socket.getInputStream());
      HttpLines lines = new HttpLines(input);
      for (HttpLines.Head head = lines.next(); head != null; head = lines.next()) {
        if (head.first().startsWith("GET")) {
          send(socket.getOutputStream(), Long.parseLong(head.second().substring(1)));
        } else {
          take(input, head.length());
          send(socket.getOutputStream(), 0);
        }
      }
    } catch (IOException endOfConnection) {
      // The clients tell what they missed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.remove(socket);
    }
  }

  private void send(OutputStream output, long length) throws IOException {
    String head = "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n";
    output.write(head.getBytes(ISO_8859_1));
    for (long left = length; left > 0; left -= PORTION.length) {
      int now = (int) Math.min(left, PORTION.length);
      output.write(PORTION, 0, now);
      sent.addAndGet(now);
    }
  }

  private void take(InputStream input, long length) throws IOException, InterruptedException {
    reading.acquire();
    for (long left = length; left > 0; ) {
      long skipped = input.skip(left);
      if (skipped == 0 && input.read() < 0) {
        return;
      }
      long taken = Math.max(1, skipped);
      left -= taken;
      received.addAndGet(taken);
    }
  }
}
