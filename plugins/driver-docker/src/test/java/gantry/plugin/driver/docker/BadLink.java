package gantry.plugin.driver.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The way to a registry, over a port of its own on loopback. It is good until it is told to fail;
 * then each connection carries only so many bytes of the registry's, and is cut or stalls.
 */
final class BadLink implements AutoCloseable {
  private static final int BUFFER_BYTES = 16 * 1024;

  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong stalled = new AtomicLong();
  private volatile long limit = Long.MAX_VALUE;
  private volatile boolean cuts;

  private BadLink(ServerSocket listener, int target) {
    this.listener = listener;
    this.target = target;
  }

  /** To a {@code host:port} of this machine. */
  static BadLink to(String address) {
    try {
      ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
      BadLink link = new BadLink(listener, port);
      Thread.ofVirtual().start(link::accept);
      return link;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name of a repository at its far end. */
  String repo(String path) {
    return "127.0.0.1:" + listener.getLocalPort() + "/" + path;
  }

  /** Resets each connection after so many bytes. */
  void cutAfter(long bytes) {
    cuts = true;
    limit = bytes;
  }

  /** Lets each connection stand still after so many bytes. */
  void stallAfter(long bytes) {
    cuts = false;
    limit = bytes;
  }

  /** New connections are good ones. */
  void repair() {
    limit = Long.MAX_VALUE;
  }

  /** How many connections stand still, or did. */
  long stalled() {
    return stalled.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(client);
        open.add(server);
        Thread.ofVirtual().start(() -> copy(client, server, Long.MAX_VALUE));
        Thread.ofVirtual().start(() -> copy(server, client, limit));
      }
    } catch (IOException e) {
      assert listener.isClosed() : e;
    }
  }

  private void copy(Socket from, Socket to, long atMost) {
    boolean stalls = false;
    try {
      stalls = !transfer(from.getInputStream(), to.getOutputStream(), atMost) && !cuts;
    } catch (IOException e) {
      open.remove(from); // the other way has ended, and has closed both
    }
    if (stalls) {
      stalled.incrementAndGet();
    } else {
      end(from);
      end(to);
    }
  }

  /** With a reset where the link cuts. */
  private void end(Socket socket) {
    try {
      if (limit < Long.MAX_VALUE && cuts && !socket.isClosed()) {
        socket.setSoLinger(true, 0);
      }
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the end was reached, and not the limit. */
  private static boolean transfer(InputStream in, OutputStream out, long atMost)
      throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (long left = atMost; left > 0; ) {
      int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (count < 0) {
        return true;
      }
      out.write(buffer, 0, count);
      left -= count;
    }
    return false;
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
