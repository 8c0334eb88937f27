package gantry.proxy.control;

import gantry.proxy.client.ProxyClient;
import gantry.proxy.client.ProxyRefusedException;
import gantry.proxy.client.ProxyWatch;
import gantry.proxy.wire.ConnectionQuery;
import gantry.proxy.wire.Protocol;
import gantry.proxy.wire.ProxyFiles;
import gantry.proxy.wire.WireConnection;
import gantry.proxy.wire.WireRoute;
import gantry.proxy.wire.WireStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The processes that handed over to this one, or to one before it, and still have connections. Each
 * has a socket in the state folder; one whose socket refuses is gone, and the kernel has ended its
 * connections. One that is there and does not answer makes a call fail: silence is not zero.
 * Thread-safe; calls block, at most {@link #LIMIT} per process.
 */
final class Predecessors implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("gantry.proxy");
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final ProxyFiles files;
  private final Runnable changed;
  private final BooleanSupplier retired;
  private final Map<Path, ProxyWatch> watches = new ConcurrentHashMap<>();

  /**
   * Looks for them later.
   *
   * @param changed called when counts of theirs may have changed; on a thread of its own
   * @param retired whether this process is one of them by now; then it speaks for itself alone
   */
  Predecessors(ProxyFiles files, Runnable changed, BooleanSupplier retired) {
    this.files = files;
    this.retired = retired;
    this.changed = changed;
  }

  /** Looks who is there, and follows them. */
  void find() throws IOException {
    for (Path socket : files.retiredSockets()) {
      ProxyClient client = new ProxyClient(files, socket);
      try {
        ProxyWatch watch = client.watch(LIMIT);
        watches.put(socket, watch);
        Thread.ofPlatform().daemon().name("proxy-older").start(() -> follow(socket, watch));
      } catch (IOException | ProxyRefusedException e) {
        forgetWhenGone(socket, e);
      }
    }
  }

  /** What each of them says of itself. */
  List<WireStatus> status() throws RefusedException {
    List<WireStatus> all = new ArrayList<>();
    forEach(client -> all.add(client.status(LIMIT)));
    return all;
  }

  /** The connections of those that can list them, the oldest first. */
  List<WireConnection> list(ConnectionQuery query) throws RefusedException {
    List<WireConnection> all = new ArrayList<>();
    forEach(
        client -> {
          if (client.hello(LIMIT).commands().contains("connections")) {
            all.addAll(client.connections(query, LIMIT).list());
          }
        });
    return all;
  }

  /** Has them route what still comes in over their connections as we do. */
  void apply(String owner, List<WireRoute> routes) throws RefusedException {
    forEach(client -> client.apply(owner, routes, LIMIT));
  }

  /** Ends them and their connections. */
  void stop() throws RefusedException {
    forEach(client -> client.stop(false, LIMIT));
  }

  @Override
  public void close() {
    for (ProxyWatch watch : watches.values()) {
      try {
        watch.close();
      } catch (IOException e) {
        LOG.log(Level.FINE, "cannot close a watch", e);
      }
    }
  }

  private interface Call {
    void on(ProxyClient client) throws IOException, ProxyRefusedException;
  }

  private void forEach(Call call) throws RefusedException {
    for (Path socket : retiredSockets()) {
      try {
        call.on(new ProxyClient(files, socket));
      } catch (IOException | ProxyRefusedException e) {
        if (!forgetWhenGone(socket, e)) {
          throw new RefusedException(
              Protocol.FAILED,
              "an older proxy process that still has connections ("
                  + socket.getFileName()
                  + ") does not answer: "
                  + e.getMessage(),
              e);
        }
      }
    }
  }

  private List<Path> retiredSockets() throws RefusedException {
    if (retired.getAsBoolean()) {
      return List.of();
    }
    try {
      return files.retiredSockets();
    } catch (IOException e) {
      throw new RefusedException(Protocol.FAILED, "cannot look for older processes: " + e, e);
    }
  }

  private void follow(Path socket, ProxyWatch watch) {
    try (watch) {
      while (true) {
        watch.await();
        changed.run();
      }
    } catch (IOException e) {
      LOG.log(Level.FINE, "an older process has ended, or is mute", e);
    }
    watches.remove(socket);
    changed.run();
  }

  /** A socket that nobody listens on was left by a process that died. */
  private static boolean forgetWhenGone(Path socket, Exception cause) {
    if (!Files.exists(socket)) {
      return true;
    }
    if (cause instanceof java.net.ConnectException) {
      try {
        Files.deleteIfExists(socket);
      } catch (IOException e) {
        LOG.log(Level.WARNING, "cannot remove " + socket, e);
      }
      return true;
    }
    return false;
  }
}
