package gantry.cli.fleet;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One connection to the web component, on a plain socket: every byte of an answer is looked at. */
final class WebConnection implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Socket socket = new Socket();
  private final InputStream in;

  private WebConnection(InetSocketAddress address) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    socket.connect(address, (int) PATIENCE.toMillis());
    in = new BufferedInputStream(socket.getInputStream());
  }

  static WebConnection open(InetSocketAddress address) throws IOException {
    return new WebConnection(address);
  }

  /** For tests that want a connection and nothing else. */
  static WebConnection hold(InetSocketAddress address) {
    try {
      return open(address);
    } catch (IOException e) {
      throw new UncheckedIOException("no connection to " + address, e);
    }
  }

  /** Whether anybody listens there. */
  static boolean isAccepted(InetSocketAddress address) {
    try (WebConnection connection = open(address)) {
      return connection.socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  /** Whether the other side has ended it. */
  boolean isCut() {
    try {
      ask("/still-there");
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Which version answers now on this connection. */
  String version(String path) {
    try {
      return ask(path);
    } catch (IOException e) {
      throw new UncheckedIOException("no answer on a held connection", e);
    }
  }

  /**
   * Sends a request and answers the version that served it.
   *
   * @throws IOException unless the answer is a whole 200 to this very request
   */
  String ask(String path) throws IOException {
    String request = "GET " + path + " HTTP/1.1\r\nHost: web\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    String status = line();
    if (!status.equals("HTTP/1.1 200 OK")) {
      throw new IOException("answered '" + status + "'");
    }
    int length = 0;
    for (String header = line(); !header.isEmpty(); header = line()) {
      if (header.startsWith("Content-Length: ")) {
        length = Integer.parseInt(header.substring(16));
      }
    }
    return versionOf(new String(in.readNBytes(length), StandardCharsets.US_ASCII), path);
  }

  private static String versionOf(String body, String path) throws IOException {
    String[] words = body.split(" ", -1);
    if (words.length != 2 || !words[1].equals(path)) {
      throw new IOException("asked for " + path + ", answered '" + body + "'");
    }
    return words[0];
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the connection ended after '" + line + "'");
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.US_ASCII).stripTrailing();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
