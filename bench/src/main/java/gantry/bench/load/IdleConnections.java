package gantry.bench.load;

import gantry.bench.run.BenchException;
import gantry.bench.run.Ports;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds many keep-alive connections that have done one request each and do nothing more. For one
 * thread.
 */
public final class IdleConnections implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int MAX_CONNECTING = 200;
  private static final int BUFFER_BYTES = 4096;

  private final Selector selector;
  private final List<SocketChannel> channels = new ArrayList<>();
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
  private final byte[] request;
  private final int bodyBytes;
  private int answered;

  private IdleConnections(Wrk.Requests requests) throws IOException {
    this.selector = Selector.open();
    this.bodyBytes = requests.bodyBytes();
    this.request =
        "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n"
            .formatted(requests.path(), Ports.HOST)
            .getBytes(StandardCharsets.US_ASCII);
  }

  /** Opens connections; returns when each has its answer. */
  public static IdleConnections open(Wrk.Requests requests, int port, int count) {
    try {
      IdleConnections connections = new IdleConnections(requests);
      try {
        connections.openAll(port, count);
      } catch (IOException | BenchException e) {
        connections.close();
        throw e;
      }
      return connections;
    } catch (IOException e) {
      throw new BenchException("cannot hold " + count + " connections: " + e.getMessage(), e);
    }
  }

  private void openAll(int port, int count) throws IOException {
    long start = System.nanoTime();
    while (answered < count) {
      while (channels.size() < count && channels.size() - answered < MAX_CONNECTING) {
        channels.add(connect(port));
      }
      selector.select(LIMIT.toMillis());
      for (SelectionKey key : selector.selectedKeys()) {
        advance(key);
      }
      selector.selectedKeys().clear();
      if (System.nanoTime() - start > LIMIT.toNanos()) {
        throw new BenchException(answered + " of " + count + " connections answered in time");
      }
    }
  }

  private SocketChannel connect(int port) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT, new Received());
    if (channel.connect(new InetSocketAddress(Ports.ADDRESS, port))) {
      ask(key, channel);
    }
    return channel;
  }

  private void advance(SelectionKey key) throws IOException {
    SocketChannel channel = (SocketChannel) key.channel();
    if (key.isConnectable() && channel.finishConnect()) {
      ask(key, channel);
    } else if (key.isReadable()) {
      read(key, channel);
    }
  }

  private void ask(SelectionKey key, SocketChannel channel) throws IOException {
    key.interestOps(SelectionKey.OP_READ);
    if (channel.write(ByteBuffer.wrap(request)) != request.length) {
      throw new BenchException("a request did not fit into an empty socket");
    }
  }

  /** The answer is complete when the whole body stands behind the empty line. */
  private void read(SelectionKey key, SocketChannel channel) throws IOException {
    buffer.clear();
    int read = channel.read(buffer);
    if (read < 0) {
      throw new BenchException("an idle connection was closed");
    }
    Received received = (Received) key.attachment();
    received.text += new String(buffer.array(), 0, read, StandardCharsets.US_ASCII);
    if (received.isComplete(bodyBytes)) {
      answered++;
    }
  }

  /** How many are open still; none of them should have been closed. */
  public int stillOpen() {
    try {
      selector.selectNow();
      return channels.size() - selector.selectedKeys().size();
    } catch (IOException e) {
      throw new BenchException("cannot ask for idle connections", e);
    }
  }

  @Override
  public void close() {
    try {
      for (SocketChannel channel : channels) {
        channel.close();
      }
      selector.close();
    } catch (IOException e) {
      throw new BenchException("cannot close idle connections", e);
    }
  }

  /** The part of an answer that has come. */
  private static final class Received {
    private String text = "";

    boolean isComplete(int bodyBytes) {
      if (!text.startsWith("HTTP/1.1 200 ")) {
        throw new BenchException("an unexpected answer on an idle connection: " + text);
      }
      int head = text.indexOf("\r\n\r\n");
      return head > 0 && text.length() == head + 4 + bodyBytes;
    }
  }
}
