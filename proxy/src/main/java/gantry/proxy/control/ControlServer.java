package gantry.proxy.control;

import gantry.proxy.wire.ProxyFiles;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import jdk.net.ExtendedSocketOptions;

/** Takes control connections on the Unix socket, from this user and root only. */
final class ControlServer implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("gantry.proxy");

  /** Each costs a thread; an agent needs two, a command one. */
  private static final int MAX_CLIENTS = 64;

  private static final String ROOT_ID = "0";

  /** Pause after a failed accept, most likely for lack of file descriptors. */
  private static final long REST_NANOS = 50_000_000;

  private final ServerSocketChannel server;
  private final Path socket;
  private final Set<ControlSession> sessions = ConcurrentHashMap.newKeySet();

  private final Set<UserPrincipal> allowed;

  private ControlServer(ServerSocketChannel server, Path socket) throws IOException {
    this.server = server;
    this.socket = socket;
    this.allowed =
        Set.copyOf(
            List.of(
                Files.getOwner(socket, LinkOption.NOFOLLOW_LINKS),
                socket
                    .getFileSystem()
                    .getUserPrincipalLookupService()
                    .lookupPrincipalByName(ROOT_ID)));
  }

  /** Binds the socket, replacing what a dead proxy left. Only for the holder of the lock. */
  static ControlServer bind(ProxyFiles files) throws IOException {
    return bind(files, files.socket());
  }

  static ControlServer bind(ProxyFiles files, Path socket) throws IOException {
    Files.deleteIfExists(socket);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try (ProxyFiles.Name name = files.name(socket)) {
      server.bind(name.address(), MAX_CLIENTS);
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
      return new ControlServer(server, socket);
    } catch (IOException e) {
      server.close();
      throw new IOException("cannot listen on " + socket + ": " + e.getMessage(), e);
    }
  }

  /** Serves until {@link #close()}; one client's trouble never ends it. */
  void serve(Commands commands) {
    while (server.isOpen()) {
      try {
        serve(server.accept(), commands);
      } catch (ClosedChannelException closed) {
        LOG.log(Level.FINE, "control socket closed", closed);
      } catch (IOException e) {
        LOG.log(Level.WARNING, "cannot accept a control connection: " + e.getMessage());
        LockSupport.parkNanos(REST_NANOS);
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
    Files.deleteIfExists(socket);
  }

  /** Ends the connections of all clients; those that watch notice it. */
  void disconnect() {
    sessions.forEach(ControlSession::disconnect);
  }

  private void serve(SocketChannel client, Commands commands) throws IOException {
    try {
      if (!isAllowed(client) || sessions.size() >= MAX_CLIENTS) {
        throw new IOException("not our user, or more than " + MAX_CLIENTS + " at once");
      }
    } catch (IOException e) {
      client.close();
      throw e;
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

  /** Principals of the JDK are equal when their user ids are, whatever the names. */
  private boolean isAllowed(SocketChannel client) throws IOException {
    UserPrincipal peer = client.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
    return allowed.contains(peer);
  }
}
