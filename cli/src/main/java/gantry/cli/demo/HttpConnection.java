package gantry.cli.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;

/**
 * One connection of a client that neither retries nor pools, so that whatever goes wrong is seen.
 * It understands what the sample component answers: bodies with a length, and chunks.
 */
final class HttpConnection implements AutoCloseable {
  /** Longer than any answer may take; the stream has a line each second. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final int MAX_LINE_BYTES = 8192;
  private static final int MAX_BODY_BYTES = 65_536;
  private static final int OK = 200;
  private static final int HEX = 16;

  private final Site site;
  private final Socket socket;
  private final InputStream in;

  private HttpConnection(Site site, Socket socket) throws IOException {
    this.site = site;
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  static HttpConnection open(Site site) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.connect(site.socketAddress(), (int) PATIENCE.toMillis());
      return new HttpConnection(site, socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Asks for a page and reads all of it; anything but a whole answer with status 200 throws. */
  String get(String path) throws IOException {
    send(path);
    int length = head();
    if (length < 0 || length > MAX_BODY_BYTES) {
      throw new IOException("answer without a usable content-length: " + length);
    }
    return text(length);
  }

  /** Asks for a page without an end; {@link #chunk} reads on. */
  void startStream(String path) throws IOException {
    send(path);
    head();
  }

  /** The next chunk, without its line's end. */
  String chunk() throws IOException {
    int length = Integer.parseInt(line(), HEX);
    if (length <= 0 || length > MAX_BODY_BYTES) {
      throw new EOFException("the stream was ended by the server");
    }
    String text = text(length);
    line();
    return text;
  }

  /** Ends both directions at once; does nothing when they have ended. */
  void reset() throws IOException {
    if (!socket.isClosed()) {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void send(String path) throws IOException {
    String request = "GET " + path + " HTTP/1.1\r\nHost: " + site + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(US_ASCII));
  }

  /** Reads status and headers; answers the body's length, -1 for none given. */
  private int head() throws IOException {
    String status = line();
    int length = -1;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(lower.indexOf(':') + 1).strip());
      }
    }
    if (!status.startsWith("HTTP/1.1 " + OK + " ")) {
      throw new IOException("expected status 200, got '" + status + "'");
    }
    return length;
  }

  private String text(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("got " + bytes.length + " of " + length + " bytes");
    }
    return new String(bytes, US_ASCII).stripTrailing();
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("connection closed" + (line.isEmpty() ? "" : " within a line"));
      }
      if (line.length() >= MAX_LINE_BYTES) {
        throw new IOException("line too long");
      }
      line.append((char) next);
    }
    return line.toString().stripTrailing();
  }
}
