package gantry.proxy.traffic.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

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
  private static final int BACKLOG = 1024;
  private static final int PORTION = 64 * 1024;

  private final ServerSocket server =
      new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong received = new AtomicLong();
  private final Semaphore reading = new Semaphore(0);

  /** Starts it on a free port of loopback. */
  public EndlessBackend() throws IOException {
    Thread.ofVirtual().start(this::accept);
  }

  /** For a route that sends connections here. */
  public WireBackend active() {
    return new WireBackend("endless", WireAddress.of("127.0.0.1", server.getLocalPort()), true);
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
    byte[] portion = new byte[PORTION];
    for (long left = length; left > 0; left -= PORTION) {
      int now = (int) Math.min(left, PORTION);
      output.write(portion, 0, now);
      sent.addAndGet(now);
    }
  }

  private void take(InputStream input, long length) throws IOException, InterruptedException {
    reading.acquire();
    byte[] portion = new byte[PORTION];
    for (long left = length; left > 0; ) {
      int read = input.read(portion, 0, (int) Math.min(left, PORTION));
      if (read < 0) {
        return;
      }
      left -= read;
      received.addAndGet(read);
    }
  }
}
