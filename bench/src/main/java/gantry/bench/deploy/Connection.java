package gantry.bench.deploy;

import gantry.bench.run.Ports;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;

/** A client's connection through a proxy to a {@link Backend}. Errors tell what was lost. */
final class Connection implements Closeable {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final SocketChannel channel;
  private final TextStream stream;
  private final ByteBuffer probe = ByteBuffer.allocate(1);
  private boolean mayBeUsedAgain = true;

  private Connection(SocketChannel channel) throws IOException {
    this.channel = channel;
    this.stream =
        new TextStream(channel.socket().getInputStream(), channel.socket().getOutputStream());
  }

  static Connection open(int port) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.socket().setTcpNoDelay(true);
      channel.socket().setSoTimeout((int) LIMIT.toMillis());
      channel.socket().connect(new InetSocketAddress(Ports.ADDRESS, port), (int) LIMIT.toMillis());
      return new Connection(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Sends a request; returns the name of the backend that answered it. */
  String ask(long request, boolean last) throws IOException {
    stream.write(
        "GET / HTTP/1.1\r\nHost: bench\r\n%s: %d\r\n%s\r\n"
            .formatted(Backend.REQUEST, request, last ? "Connection: close\r\n" : ""));
    List<String> head = stream.head();
    require(head, "HTTP/1.1 200");
    String length = TextStream.field(head, "Content-Length");
    if (!length.matches("[1-9][0-9]?")) {
      throw new LostException(Loss.FAILED, "answered " + head);
    }
    mayBeUsedAgain = !TextStream.field(head, "Connection").equalsIgnoreCase("close");
    return stream.text(Integer.parseInt(length));
  }

  /** Opens a WebSocket; returns the name of the backend that did. */
  String upgrade() throws IOException {
    stream.write("GET / HTTP/1.1\r\nHost: bench\r\n" + Handshake.REQUEST_FIELDS + "\r\n");
    require(stream.head(), "HTTP/1.1 101");
    return stream.line();
  }

  /** Says that lines follow that are not HTTP; returns the name of the backend. */
  String greet() throws IOException {
    stream.write(Backend.GREETING + "\n");
    return stream.line();
  }

  /** Sends a line and wants it back; returns the name of the backend that sent it back. */
  String echo(String line) throws IOException {
    stream.write(line + "\n");
    String answer = stream.line();
    if (!answer.endsWith(" " + line)) {
      throw new LostException(Loss.FAILED, "sent '" + line + "', received '" + answer + "'");
    }
    return answer.substring(0, answer.length() - line.length() - 1);
  }

  private static void require(List<String> head, String status) throws IOException {
    if (head.isEmpty() || !head.getFirst().startsWith(status)) {
      throw new LostException(Loss.FAILED, "answered " + head);
    }
  }

  /**
   * Whether the next request may be sent on it. A server may close a connection between two
   * requests; then clients take a new one, and nothing is lost.
   */
  boolean mayBeUsedAgain() throws IOException {
    if (!mayBeUsedAgain) {
      return false;
    }
    channel.configureBlocking(false);
    try {
      return channel.read(probe.clear()) == 0;
    } catch (IOException reset) {
      return false;
    } finally {
      channel.configureBlocking(true);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
