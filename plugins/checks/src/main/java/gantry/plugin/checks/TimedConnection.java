package gantry.plugin.checks;

import gantry.api.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * A TCP connection that is closed when its time is over, whatever it is doing then: connecting, a
 * TLS handshake, reading, writing. A socket's own timeout counts from each read, so that a server
 * that sends a byte now and then would hold a check for ever.
 *
 * <p>An interrupt of the thread that uses it closes it as well. Only the resolution of a host name
 * cannot be cut short; the addresses of containers are literal.
 */
final class TimedConnection implements AutoCloseable {
  private final SocketChannel channel;
  private final Thread watchdog;
  private volatile boolean expired;

  private TimedConnection(SocketChannel channel, Duration timeout) {
    this.channel = channel;
    this.watchdog = Thread.ofVirtual().name("check-timeout").start(() -> expireAfter(timeout));
  }

  /** Starts the time and returns without connecting. */
  static TimedConnection open(Duration timeout) throws IOException {
    return new TimedConnection(SocketChannel.open(), timeout);
  }

  /** Connects; the socket is closed together with this connection. */
  Socket connect(Endpoint endpoint) throws IOException {
    InetSocketAddress address = new InetSocketAddress(endpoint.host(), endpoint.port());
    if (address.isUnresolved()) {
      throw new UnknownHostException(endpoint.host());
    }
    channel.connect(address);
    return channel.socket();
  }

  /** Whether it was closed because its time was over. */
  boolean expired() {
    return expired;
  }

  @Override
  public void close() throws IOException {
    watchdog.interrupt();
    channel.close();
  }

  private void expireAfter(Duration timeout) {
    try {
      Thread.sleep(timeout);
      expired = true;
      channel.close();
    } catch (InterruptedException e) {
      // the exchange ended in time
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close a connection whose time is over", e);
    }
  }
}
