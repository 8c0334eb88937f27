package gantry.proxy.client;

import gantry.proxy.wire.Json;
import gantry.proxy.wire.LineReader;
import gantry.proxy.wire.Protocol;
import gantry.proxy.wire.ProxyFiles;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the control socket. Every call has a deadline; {@link #close()} from another
 * thread ends a call that waits.
 */
final class ControlConnection implements Closeable {
  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final LineReader lines;
  private long deadlineNanos;

  private ControlConnection(SocketChannel channel) throws IOException {
    this.channel = channel;
    channel.configureBlocking(false);
    this.selector = Selector.open();
    this.key = channel.register(selector, 0);
    this.lines = new LineReader(this::read, Protocol.MAX_LINE_BYTES);
  }

  /** Connects at once or not at all: a Unix socket does not make one wait, unless it is full. */
  static ControlConnection open(ProxyFiles files, Path socket) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try (ProxyFiles.Name name = files.name(socket)) {
      channel.configureBlocking(false);
      if (!channel.connect(name.address())) {
        throw new IOException("the proxy's control socket " + socket + " is full");
      }
      return new ControlConnection(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  void send(Map<String, ?> message, Duration timeout) throws IOException {
    deadlineNanos = System.nanoTime() + timeout.toNanos();
    ByteBuffer line =
        ByteBuffer.wrap((Json.write(message) + "\n").getBytes(StandardCharsets.UTF_8));
    while (line.hasRemaining()) {
      if (channel.write(line) == 0) {
        await(SelectionKey.OP_WRITE);
      }
    }
  }

  /** The next message from the proxy. */
  Map<String, @Nullable Object> receive(Duration timeout) throws IOException {
    deadlineNanos = System.nanoTime() + timeout.toNanos();
    String line = lines.next();
    if (line == null) {
      throw new EOFException("the proxy closed the control connection");
    }
    return Json.parseObject(line);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    selector.close();
  }

  private int read(ByteBuffer into) throws IOException {
    while (true) {
      int count = channel.read(into);
      if (count != 0) {
        return count;
      }
      await(SelectionKey.OP_READ);
    }
  }

  private void await(int operation) throws IOException {
    long waitMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
    if (waitMillis <= 0) {
      throw new SocketTimeoutException("the proxy does not answer");
    }
    try {
      key.interestOps(operation);
      selector.select(waitMillis);
      selector.selectedKeys().clear();
    } catch (ClosedSelectorException | CancelledKeyException e) {
      throw new IOException("the control connection was closed", e);
    }
    if (Thread.interrupted()) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the proxy");
    }
  }
}
