package gantry.proxy.traffic.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import gantry.proxy.wire.WireAddress;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;

/** A client's connection, kept alive between requests. One thread. */
public final class HttpConnection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 20_000;

  private final Socket socket = new Socket();
  private final InputStream input;
  private boolean over;

  /** Connects. */
  public HttpConnection(WireAddress proxy) throws IOException {
    try {
      socket.connect(proxy.socketAddress(), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      input = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Asks for a path and returns the body.
   *
   * @throws IOException the connection failed or was closed, or the status is not 200
   */
  public String get(String path) throws IOException {
    socket
        .getOutputStream()
        .write(("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(ISO_8859_1));
    HttpLines.Head head = new HttpLines(input).next();
    if (head == null) {
      throw new EOFException("closed without an answer");
    }
    over = head.close();
    byte[] body = input.readNBytes(Math.toIntExact(head.length()));
    if (!head.second().equals("200") || body.length < head.length()) {
      throw new IOException(head.first() + ", " + new String(body, ISO_8859_1).strip());
    }
    return new String(body, ISO_8859_1);
  }

  /** Whether the last answer said that no other follows on this connection. */
  public boolean isOver() {
    return over;
  }

  /** Asks once over a connection of its own. */
  public static String getOnce(WireAddress proxy, String path) throws IOException {
    try (HttpConnection connection = new HttpConnection(proxy)) {
      return connection.get(path);
    }
  }

  /** The close will be a reset. */
  public void resetOnClose() throws IOException {
    socket.setSoLinger(true, 0);
  }

  /** Says that nothing more will come, and waits for the other side's end. */
  public void finish() throws IOException {
    socket.shutdownOutput();
    awaitEnd();
  }

  /** Waits for the other side's end. */
  public void awaitEnd() throws IOException {
    input.readAllBytes();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close a client's socket", e);
    }
  }
}
