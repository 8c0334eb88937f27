package gantry.plugin.driver.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Makes an engine's Unix socket reachable at a TCP port of loopback. */
record Forwarder(ServerSocketChannel listener, Path socket) implements AutoCloseable {
  static Forwarder start(int port, Path socket) {
    try {
      ServerSocketChannel listener = ServerSocketChannel.open();
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      Forwarder forwarder = new Forwarder(listener, socket);
      Thread.ofVirtual().start(forwarder::accept);
      return forwarder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = listener.accept();
        SocketChannel engine = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(() -> copy(client, engine));
        Thread.ofVirtual().start(() -> copy(engine, client));
      }
    } catch (IOException e) {
      assert !listener.isOpen() : e;
    }
  }

  private static void copy(SocketChannel from, SocketChannel to) {
    try (from;
        to) {
      Channels.newInputStream(from).transferTo(Channels.newOutputStream(to));
    } catch (IOException e) {
      assert !from.isOpen() || !to.isOpen() : e; // the other direction has ended
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
