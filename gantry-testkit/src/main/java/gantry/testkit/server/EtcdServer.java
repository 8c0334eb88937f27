package gantry.testkit.server;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * An etcd of one member on free loopback ports, with a data folder of its own. After {@link
 * #kill()} or {@link #stop()} it can be started again on the same ports with the same data.
 */
public final class EtcdServer implements AutoCloseable {
  private static final Duration START_DEADLINE = Duration.ofSeconds(30);
  private static final int HEALTH_TIMEOUT_MILLIS = 1_000;

  private final TempFolder folder = TempFolder.create("etcd");
  private final int clientPort = FreePorts.next();
  private final int peerPort = FreePorts.next();
  private ServerProcess process;

  private EtcdServer() {
    process = launch();
  }

  /** Starts an empty store and waits until it serves reads and writes. */
  public static EtcdServer start() {
    return new EtcdServer();
  }

  /** What a client connects to, such as {@code http://127.0.0.1:21379}. */
  public String endpoint() {
    return "http://127.0.0.1:" + clientPort;
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
    return ServerProcess.start(command, this::isHealthy, START_DEADLINE);
  }

  private List<String> arguments() {
    String peers = "http://127.0.0.1:" + peerPort;
    return List.of(
        "--name=gantry",
        "--data-dir=" + folder.path().resolve("data"),
        "--listen-client-urls=" + endpoint(),
        "--advertise-client-urls=" + endpoint(),
        "--listen-peer-urls=" + peers,
        "--initial-advertise-peer-urls=" + peers,
        "--initial-cluster=gantry=" + peers,
        // A leader is found at once instead of after a second.
        "--heartbeat-interval=20",
        "--election-timeout=200");
  }

  private boolean isHealthy() {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(endpoint() + "/health").toURL().openConnection();
      connection.setConnectTimeout(HEALTH_TIMEOUT_MILLIS);
      connection.setReadTimeout(HEALTH_TIMEOUT_MILLIS);
      try (var body = connection.getInputStream()) {
        return new String(body.readAllBytes(), StandardCharsets.UTF_8).contains("\"true\"");
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return false; // not there yet: asked again until the deadline
    }
  }
}
