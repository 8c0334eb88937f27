package gantry.proxy.traffic.desync;

import gantry.proxy.wire.WireAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** Sends bytes as they are, and takes what comes until the proxy closes or falls silent. */
final class RawClient {
  private static final int CONNECT_MILLIS = 10_000;

  /** A proxy that says nothing for so long waits for more, or has nothing to say. */
  private static final int SILENCE_MILLIS = 700;

  private RawClient() {}

  static Answers send(WireAddress proxy, byte[] bytes) throws IOException, InterruptedException {
    Socket socket = new Socket();
    Thread writer = Thread.ofVirtual().unstarted(() -> write(socket, bytes));
    try (socket) {
      socket.connect(proxy.socketAddress(), CONNECT_MILLIS);
      socket.setSoTimeout(SILENCE_MILLIS);
      writer.start();
      return receive(socket.getInputStream());
    } finally {
      writer.join(); // the close has ended it
    }
  }

  private static void write(Socket socket, byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException refused) {
      // The proxy has closed already: its right.
    }
  }

  private static Answers receive(InputStream input) throws IOException {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    boolean closed = true;
    try {
      input.transferTo(received);
    } catch (SocketTimeoutException silent) {
      closed = false;
    } catch (IOException reset) {
      // What came before it counts.
    }
    try {
      return Answers.of(received.toByteArray(), closed);
    } catch (RefusedBytes e) {
      throw new IOException("malformed answer", e);
    }
  }
}
