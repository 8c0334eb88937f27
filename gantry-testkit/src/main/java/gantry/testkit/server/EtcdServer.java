package gantry.testkit.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An etcd of one member on free loopback ports, with a data folder of its own. After {@link
 * #kill()} or {@link #stop()} it can be started again on the same ports with the same data.
 */
public final class EtcdServer implements AutoCloseable {
  private static final Duration START_DEADLINE = Duration.ofSeconds(30);

  private final TempFolder folder = TempFolder.create("etcd");
  private final int clientPort = FreePorts.next();
  private final int peerPort = FreePorts.next();
  private final int healthPort = FreePorts.next();
  private final EtcdSecurity security;
  private ServerProcess process;

  private EtcdServer(EtcdSecurity security) {
    this.security = security;
    process = launch();
  }

  /** Starts an empty store and waits until it serves reads and writes. */
  public static EtcdServer start() {
    return start(EtcdSecurity.NONE);
  }

  /** Starts an empty store that asks something of its clients. */
  public static EtcdServer start(EtcdSecurity security) {
    return new EtcdServer(security);
  }

  /** What a client connects to, such as {@code http://127.0.0.1:21379}. */
  public String endpoint() {
    return security.scheme() + "://127.0.0.1:" + clientPort;
  }

  /**
   * Runs {@code etcdctl} on it, with a client's certificate where one is wanted.
   *
   * @return what it printed
   */
  public String etcdctl(String... arguments) {
    List<String> line = new ArrayList<>(List.of("--endpoints=" + endpoint()));
    line.addAll(security.clientArguments());
    line.addAll(List.of(arguments));
    return new ShortCommand("etcdctl", "etcd-client", line, Map.of("ETCDCTL_API", "3")).run();
  }

  /** Adds a user, with a role that may read and write what starts with a prefix. */
  public void addUser(String name, String password, String prefix) {
    etcdctl("role", "add", name);
    etcdctl("role", "grant-permission", name, "--prefix", "readwrite", prefix);
    etcdctl("user", "add", name + ":" + password);
    etcdctl("user", "grant-role", name, name);
  }

  /** From now on nothing is answered without a user; no command of this class is, either. */
  public void enableUsers() {
    etcdctl("user", "add", "root:" + UUID.randomUUID());
    etcdctl("user", "grant-role", "root", "root");
    etcdctl("auth", "enable");
  }

  /** The port for clients. */
  public int clientPort() {
    return clientPort;
  }

  /** The process, for signals and its log. */
  public ServerProcess process() {
    return process;
  }

  /** Freezes it: connections stay open, nothing answers. */
  public void pause() {
    process.pause();
  }

  /** Lets it go on after a pause. */
  public void resume() {
    process.resume();
  }

  /** Ends it at once; what it acknowledged is on disk. */
  public void kill() {
    process.kill();
  }

  /** Ends it in order. */
  public void stop() {
    process.stop();
  }

  /** Starts it again with its data, and waits until it serves. */
  public void restart() {
    process.close();
    process = launch();
  }

  /** Starts it again without data, as after the loss of its disk, and waits until it serves. */
  public void restartEmpty() {
    process.close();
    folder.clear();
    process = launch();
  }

  @Override
  public void close() {
    process.close();
    folder.close();
  }

  private ServerProcess launch() {
    ServerCommand command =
        new ServerCommand("etcd", "etcd-server", arguments(), folder.path().resolve("etcd.log"));
    return ServerProcess.start(command, () -> EtcdHealth.isGood(healthPort), START_DEADLINE);
  }

  private List<String> arguments() {
    String peers = "http://127.0.0.1:" + peerPort;
    List<String> arguments = new ArrayList<>(security.serverArguments());
    Collections.addAll(
        arguments,
        "--name=gantry",
        // Without TLS, so that its health can be asked for.
        "--listen-metrics-urls=http://127.0.0.1:" + healthPort,
        "--data-dir=" + folder.path().resolve("data"),
        "--listen-client-urls=" + endpoint(),
        "--advertise-client-urls=" + endpoint(),
        "--listen-peer-urls=" + peers,
        "--initial-advertise-peer-urls=" + peers,
        "--initial-cluster=gantry=" + peers,
        // A leader is found at once instead of after a second.
        "--heartbeat-interval=20",
        "--election-timeout=200");
    return arguments;
  }
}
