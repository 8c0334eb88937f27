package gantry.plugin.proxy.netty;

import gantry.api.Clock;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.PluginContext;
import gantry.api.Subscription;
import gantry.api.proxy.OpenConnection;
import gantry.api.proxy.Proxy;
import gantry.api.proxy.ProxyInfo;
import gantry.api.proxy.ProxyOperations;
import gantry.api.proxy.ProxyStatus;
import gantry.api.proxy.Route;
import gantry.proxy.client.ProxyClient;
import gantry.proxy.client.ProxyRefusedException;
import gantry.proxy.wire.Protocol;
import gantry.proxy.wire.WireRoute;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A handle to this machine's gantry-proxy process. Opens a connection per call; thread-safe. */
final class NettyProxy implements Proxy, ProxyOperations {
  private static final Duration CALL_LIMIT = Duration.ofSeconds(5);
  private static final Duration START_LIMIT = Duration.ofSeconds(15);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Clock clock;
  private final ProxyClient client;
  private final Operations operations;
  private final Launcher launcher;
  private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();

  NettyProxy(PluginContext context) {
    this.clock = context.clock();
    this.client = new ProxyClient(context.stateDir());
    this.operations = new Operations(client);
    this.launcher =
        new Launcher(
            client, () -> LaunchCommand.of(context.option("proxy.command"), context.stateDir()));
  }

  @Override
  public void start() {
    launcher.start(Deadline.in(clock, START_LIMIT));
  }

  @Override
  public void apply(String owner, List<Route> routes) {
    List<WireRoute> wanted = RouteForms.toWire(routes);
    if (!isRunning()) {
      start();
    }
    Deadline deadline = Deadline.in(clock, CALL_LIMIT);
    Optional<Boolean> applied =
        whileRunning(
            deadline,
            () -> {
              client.apply(owner, wanted, deadline.left());
              return true;
            });
    if (applied.isEmpty()) {
      throw unreachable("the proxy ended while it was given routes", null);
    }
  }

  @Override
  public Optional<ProxyStatus> status() {
    Deadline deadline = Deadline.in(clock, CALL_LIMIT);
    return whileRunning(deadline, () -> client.status(deadline.left())).map(RouteForms::fromWire);
  }

  @Override
  public Subscription watch(Runnable wake) {
    Watcher watcher = new Watcher(client, wake);
    watchers.add(watcher);
    watcher.start();
    return () -> {
      watchers.remove(watcher);
      watcher.close();
    };
  }

  @Override
  public Optional<ProxyInfo> info() {
    Deadline deadline = Deadline.in(clock, CALL_LIMIT);
    return whileRunning(deadline, () -> operations.info(deadline));
  }

  @Override
  public List<OpenConnection> connections(int limit) {
    Deadline deadline = Deadline.in(clock, CALL_LIMIT);
    return whileRunning(deadline, () -> operations.connections(limit, deadline)).orElse(List.of());
  }

  @Override
  public Optional<ProxyInfo> upgrade() {
    if (!isRunning()) {
      return Optional.empty();
    }
    launcher.upgrade(Deadline.in(clock, START_LIMIT));
    return info();
  }

  /** Asked for once: when the answer is lost, the proxy is seen to be gone, or not. */
  @Override
  public OptionalLong stop(boolean now) {
    if (!isRunning()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(client.stop(!now, CALL_LIMIT));
    } catch (IOException e) {
      throw unreachable("the proxy did not say that it stops: " + e.getMessage(), e);
    } catch (ProxyRefusedException e) {
      throw refused(e);
    }
  }

  @Override
  public void close() {
    watchers.forEach(Watcher::close);
    watchers.clear();
  }

  /** A request to the proxy. */
  private interface Request<T> {
    T send() throws IOException, ProxyRefusedException;
  }

  /**
   * Sends a request, again when the connection fails, until the deadline. Empty only when the
   * kernel says that no proxy process is there; one that is there and mute is an error.
   */
  private <T> Optional<T> whileRunning(Deadline deadline, Request<T> request) {
    while (true) {
      try {
        return Optional.of(request.send());
      } catch (IOException e) {
        if (!isRunning()) {
          return Optional.empty();
        }
        rest(deadline, e);
      } catch (ProxyRefusedException e) {
        throw refused(e);
      }
    }
  }

  private void rest(Deadline deadline, IOException cause) {
    if (deadline.isOver()) {
      String limit = deadline.limit().toSeconds() + " s";
      throw unreachable("the proxy runs but did not answer within " + limit, cause);
    }
    try {
      deadline.pause(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable("interrupted while waiting for the proxy", e);
    }
  }

  private boolean isRunning() {
    try {
      return client.isRunning();
    } catch (IOException e) {
      throw unreachable("cannot tell whether the proxy runs: " + e.getMessage(), e);
    }
  }

  private GantryException unreachable(String message, @Nullable Throwable cause) {
    return new GantryException(
        ErrorCode.PROXY_UNREACHABLE,
        message + " (" + client.files().socket() + ")",
        "look into " + client.files().log(),
        cause);
  }

  private static GantryException refused(ProxyRefusedException e) {
    if (e.code().equals(Protocol.BUSY)) {
      return new GantryException(ErrorCode.BUSY, "the proxy goes on: " + e.getMessage(), e);
    }
    ErrorCode code =
        switch (e.code()) {
          case Protocol.LISTENER_TAKEN -> ErrorCode.LISTENER_TAKEN;
          case Protocol.BAD_REQUEST -> ErrorCode.BAD_CONFIGURATION;
          default -> ErrorCode.INTERNAL;
        };
    return new GantryException(code, "the proxy refused the routes: " + e.getMessage(), e);
  }
}
