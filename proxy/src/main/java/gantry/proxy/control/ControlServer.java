package gantry.proxy.control;

import gantry.proxy.wire.ProxyFiles;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import jdk.net.ExtendedSocketOptions;

/** Takes control connections on the Unix socket, from this user and root only. */
final class ControlServer implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("gantry.proxy");

  /** Each costs a thread; an agent needs two, a command one. */
  private static final int MAX_CLIENTS = 64;

  private final ServerSocketChannel server;
  private final ProxyFiles files;
  private final Set<ControlSession> sessions = ConcurrentHashMap.newKeySet();

  private ControlServer(ServerSocketChannel server, ProxyFiles files) {
    this.server = server;
    this.files = files;
  }

  /** Binds the socket, replacing what a dead proxy left. Only for the holder of the lock. */
  static ControlServer bind(ProxyFiles files) throws IOException {
    Files.deleteIfExists(files.socket());
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try (ProxyFiles.SocketName name = files.socketName()) {
      server.bind(name.address(), MAX_CLIENTS);
      Files.setPosixFilePermissions(files.socket(), PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      server.close();
      throw new IOException("cannot listen on " + files.socket() + ": " + e.getMessage(), e);
    }
    return new ControlServer(server, files);
  }

  /** Serves until {@link #close()}. */
  void serve(Commands commands) throws IOException {
    while (true) {
      try {
        accept(server.accept(), commands);
      } catch (ClosedChannelException closed) {
        return;
      }
    }
  }

  /** Pushes an event to all watchers; never blocks. */
  void push(Map<String, Object> event) {
    sessions.forEach(session -> session.push(event));
  }

  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(files.socket());
  }

  private void accept(SocketChannel client, Commands commands) throws IOException {
    if (!isAllowed(client) || sessions.size() >= MAX_CLIENTS) {
      LOG.log(Level.WARNING, "control connection refused: not our user, or too many");
      client.close();
      return;
    }
    ControlSession session = new ControlSession(client, commands);
    sessions.add(session);
    Thread.ofPlatform()
        .daemon()
        .name("proxy-control")
        .start(
            () -> {
              session.run();
              sessions.remove(session);
            });
  }

  private static boolean isAllowed(SocketChannel client) throws IOException {
    String peer = client.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
    return peer.equals(System.getProperty("user.name")) || peer.equals("root") || peer.equals("0");
  }
}
