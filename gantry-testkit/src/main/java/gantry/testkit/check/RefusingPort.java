package gantry.testkit.check;

import gantry.api.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A loopback port that refuses connections: bound, so that nobody else gets it, but not listening.
 */
public final class RefusingPort implements AutoCloseable {
  private final Socket holder;

  private RefusingPort(Socket holder) {
    this.holder = holder;
  }

  static RefusingPort open() {
    try {
      Socket holder = new Socket();
      holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return new RefusingPort(holder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot bind a loopback port", e);
    }
  }

  /** Where connections are refused. */
  public Endpoint endpoint() {
    return new Endpoint(holder.getLocalAddress().getHostAddress(), holder.getLocalPort());
  }

  @Override
  public void close() {
    try {
      holder.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot free a loopback port", e);
    }
  }
}
