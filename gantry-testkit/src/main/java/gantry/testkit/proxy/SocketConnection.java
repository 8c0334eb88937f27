package gantry.testkit.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import gantry.api.proxy.Listener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Optional;

/** A TCP connection to an {@link EchoBackend} through a proxy. */
final class SocketConnection implements HeldConnection {
  private static final int TIMEOUT_MILLIS = 10_000;

  private final Socket socket = new Socket();
  private final Optional<String> backend;

  SocketConnection(Listener listener) {
    try {
      socket.connect(new InetSocketAddress(listener.host(), listener.port()), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      this.backend = readLine();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot connect to " + listener, e);
    }
  }

  @Override
  public Optional<String> backend() {
    return backend;
  }

  @Override
  public boolean isAlive() {
    try {
      socket.getOutputStream().write('?');
      return socket.getInputStream().read() == '?';
    } catch (IOException dead) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close a socket", e);
    }
  }

  private Optional<String> readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      int next = socket.getInputStream().read();
      while (next >= 0 && next != '\n') {
        line.write(next);
        next = socket.getInputStream().read();
      }
    } catch (SocketException closedAtOnce) {
      return Optional.empty();
    }
    return line.size() == 0 ? Optional.empty() : Optional.of(line.toString(UTF_8));
  }
}
