package gantry.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.proxy.wire.WireAddress;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client with one connection. */
final class Client implements AutoCloseable {
  static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

  private final Socket socket;
  private final Wire wire;

  /** An answer with its body. */
  record Answer(String head, String body) {
    int status() {
      return Integer.parseInt(head.substring(9, 12));
    }
  }

  Client(WireAddress address) throws IOException {
    socket = new Socket(address.host(), address.port());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(20_000);
    wire = new Wire(socket);
  }

  Socket socket() {
    return socket;
  }

  Wire wire() {
    return wire;
  }

  Client send(String text) throws IOException {
    wire.write(text);
    return this;
  }

  /** A GET with the answer to it. */
  Answer get() throws IOException {
    return send(GET).answer();
  }

  /** The next answer, of a length that its head tells. */
  Answer answer() throws IOException {
    return new Answer(head(), new String(wire.readBody(), StandardCharsets.ISO_8859_1));
  }

  /** The next answer's head, behind which there is nothing. */
  String head() throws IOException {
    String head = wire.readHead();
    assertThat(head).as("an answer").isNotNull();
    return head == null ? "" : head;
  }

  /** Checks that nothing comes but the end of the stream. */
  void expectEnd() throws IOException {
    assertThat(wire.read()).as("end of the stream").isEqualTo(-1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
