package gantry.testkit.server;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One member of an {@link EtcdCluster}, with a data folder and ports that it keeps. */
public final class EtcdMember implements AutoCloseable {
  private static final Duration START_DEADLINE = Duration.ofSeconds(30);

  private final TempFolder folder;
  private final String name;
  private final int clientPort = FreePorts.next();
  private final int peerPort = FreePorts.next();
  private String peers = "";
  private @Nullable ServerProcess process;

  EtcdMember(int number) {
    this.name = "member-" + number;
    this.folder = TempFolder.create("etcd-" + name);
  }

  /** What a client connects to when it wants this member. */
  public String endpoint() {
    return "http://127.0.0.1:" + clientPort;
  }

  /** Whether it answers, and says that it leads; a frozen one does not answer. */
  public boolean leads() {
    return EtcdHealth.leads(clientPort);
  }

  /** Freezes it: connections stay open, nothing answers. */
  public void pause() {
    running().pause();
  }

  /** Lets it go on after a pause. */
  public void resume() {
    running().resume();
  }

  /** Ends it at once; what it acknowledged is on disk. */
  public void kill() {
    running().kill();
  }

  /** Starts it again with its data, and waits until it serves, which needs another member. */
  public void restart() {
    running().close();
    launch();
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
    folder.close();
  }

  String asPeer() {
    return name + "=http://127.0.0.1:" + peerPort;
  }

  void setPeers(String all) {
    peers = all;
  }

  void launch() {
    ServerCommand command =
        new ServerCommand("etcd", "etcd-server", arguments(), folder.path().resolve("etcd.log"));
    process = ServerProcess.start(command, () -> EtcdHealth.isGood(clientPort), START_DEADLINE);
  }

  private ServerProcess running() {
    if (process == null) {
      throw new IllegalStateException(name + " was not started");
    }
    return process;
  }

  private List<String> arguments() {
    String peer = "http://127.0.0.1:" + peerPort;
    return List.of(
        "--name=" + name,
        "--data-dir=" + folder.path().resolve("data"),
        "--listen-client-urls=" + endpoint(),
        "--advertise-client-urls=" + endpoint(),
        "--listen-peer-urls=" + peer,
        "--initial-advertise-peer-urls=" + peer,
        "--initial-cluster=" + peers,
        // A new leader is found within a second, on a busy machine too.
        "--heartbeat-interval=50",
        "--election-timeout=500");
  }
}
