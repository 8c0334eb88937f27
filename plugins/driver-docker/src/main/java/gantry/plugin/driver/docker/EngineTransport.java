package gantry.plugin.driver.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Carries the requests of one call to the engine, each on a connection of its own. Closing it, from
 * any thread, ends every request that is under way: whoever waits for bytes gets an exception at
 * once. That is the only thing that helps against an engine that accepts connections and then says
 * nothing, since a Unix socket knows no read timeout.
 *
 * <p>No pool: a connection to a local socket costs microseconds, while a pooled one may be dead
 * when it is used again, and streams would eat the pool.
 */
final class EngineTransport implements DockerHttpClient {
  private final EngineAddress address;
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  EngineTransport(EngineAddress address) {
    this.address = address;
  }

  @Override
  public Response execute(Request request) {
    try {
      SocketChannel channel = address.open();
      open.add(channel);
      try {
        if (closed) {
          throw new ClosedChannelException();
        }
        address.connect(channel);
        return EngineExchange.send(channel, request, () -> close(channel));
      } catch (IOException | RuntimeException e) {
        close(channel);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void close(SocketChannel channel) {
    open.remove(channel);
    closeQuietly(channel);
  }

  @Override
  public void close() {
    closed = true;
    open.forEach(EngineTransport::closeQuietly);
    open.clear();
  }

  private static void closeQuietly(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // The kernel has freed it all the same, and nobody waits for anything from it any more.
      assert !channel.isOpen();
    }
  }
}
