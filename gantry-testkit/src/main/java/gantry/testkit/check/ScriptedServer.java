package gantry.testkit.check;

import gantry.api.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP server on a free loopback port that treats every connection as its script says, each on a
 * thread of its own. When the script returns, the connection is closed. Closing the server closes
 * everything that is open.
 */
public final class ScriptedServer implements AutoCloseable {
  /** What happens on one connection. */
  @FunctionalInterface
  public interface Script {
    /** Talks to one client. An {@link IOException} ends the connection and nothing else. */
    void talk(Socket client) throws IOException;
  }

  private static final int BACKLOG = 50;

  private final ServerSocket listener;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

  private ScriptedServer(ServerSocket listener) {
    this.listener = listener;
  }

  /** Starts a server with a script, such as one of {@link Scripts}. */
  public static ScriptedServer start(Script script) {
    try {
      return start(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()), script);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on a loopback port", e);
    }
  }

  /** Starts a server on a listener that the test made, for instance one with TLS. */
  public static ScriptedServer start(ServerSocket listener, Script script) {
    ScriptedServer server = new ScriptedServer(listener);
    Thread.ofVirtual().name("scripted-server").start(() -> server.accept(script));
    return server;
  }

  /** An address at which connections are refused for as long as the holder is open. */
  public static RefusingPort refusing() {
    return RefusingPort.open();
  }

  /** The port that it listens on. */
  public int port() {
    return listener.getLocalPort();
  }

  /** The address that it listens on. */
  public Endpoint endpoint() {
    InetSocketAddress address = (InetSocketAddress) listener.getLocalSocketAddress();
    return new Endpoint(address.getAddress().getHostAddress(), address.getPort());
  }

  /** Connections that are open now. */
  public int openConnections() {
    return clients.size();
  }

  @Override
  public void close() {
    closeQuietly(listener);
    clients.forEach(ScriptedServer::closeQuietly);
  }

  private void accept(Script script) {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        clients.add(client);
        Thread.ofVirtual().name("scripted-client").start(() -> serve(client, script));
      } catch (IOException e) {
        return; // closed: the only way in which this listener fails
      }
    }
  }

  private void serve(Socket client, Script script) {
    try (client) {
      script.talk(client);
    } catch (IOException e) {
      // the client went away, or the server was closed: both end a test's conversation
    } finally {
      clients.remove(client);
    }
  }

  private static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      throw new IllegalStateException("cannot close a test's socket", e);
    }
  }
}
