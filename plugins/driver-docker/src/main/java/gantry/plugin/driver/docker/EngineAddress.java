package gantry.plugin.driver.docker;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;

/** Where the engine listens, as {@code DOCKER_HOST} writes it. */
record EngineAddress(URI uri) {
  static final String DEFAULT = "unix:///var/run/docker.sock";

  /** Reads {@code unix:///PATH} or {@code tcp://HOST:PORT}. */
  static EngineAddress parse(String text) {
    try {
      URI uri = URI.create(text);
      boolean unix = "unix".equals(uri.getScheme()) && isSet(uri.getPath());
      boolean tcp = "tcp".equals(uri.getScheme()) && isSet(uri.getHost()) && uri.getPort() > 0;
      if (unix || tcp) {
        return new EngineAddress(uri);
      }
    } catch (IllegalArgumentException e) {
      throw wrong(text, e);
    }
    throw wrong(text, null);
  }

  private static boolean isSet(@org.jspecify.annotations.Nullable String text) {
    return text != null && !text.isEmpty();
  }

  private static GantryException wrong(
      String text, @org.jspecify.annotations.Nullable Throwable cause) {
    return new GantryException(
        ErrorCode.BAD_CONFIGURATION,
        "docker.host: expected unix:///PATH or tcp://HOST:PORT, found '" + text + "'",
        cause);
  }

  /** Whether it is a socket of this machine. */
  boolean isUnix() {
    return "unix".equals(uri.getScheme());
  }

  /** Connects; a thread that waits here is freed by interrupting it. */
  void connect(SocketChannel channel) throws IOException {
    channel.connect(socketAddress());
  }

  /** An unconnected channel of the right family. */
  SocketChannel open() throws IOException {
    return isUnix() ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
  }

  private SocketAddress socketAddress() throws IOException {
    if (isUnix()) {
      return UnixDomainSocketAddress.of(uri.getPath());
    }
    InetSocketAddress address = new InetSocketAddress(uri.getHost(), uri.getPort());
    if (address.isUnresolved()) {
      throw new UnknownHostException("unknown host " + uri.getHost());
    }
    return address;
  }

  @Override
  public String toString() {
    return uri.toString();
  }
}
