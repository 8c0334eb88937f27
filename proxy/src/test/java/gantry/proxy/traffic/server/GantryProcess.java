package gantry.proxy.traffic.server;

import gantry.proxy.client.ProxyClient;
import gantry.proxy.client.ProxyRefusedException;
import gantry.proxy.wire.WireBackendStatus;
import gantry.proxy.wire.WireRoute;
import gantry.proxy.wire.WireStatus;
import gantry.testkit.server.ServerCommand;
import gantry.testkit.server.ServerProcess;
import gantry.testkit.server.TempFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code gantry-proxy} in a process of its own, with the flags that it is shipped with. */
public final class GantryProcess implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xms16m",
          "-Xmx512m",
          "-XX:MaxDirectMemorySize=512m",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:-UsePerfData",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private static final long NOBODY = -1;

  private final TempFolder folder = TempFolder.create("proxy");
  private final String classPath = ShippedClassPath.in(folder.path());
  private final ProxyClient client = new ProxyClient(folder.path());
  private final List<ServerProcess> older = new ArrayList<>();
  private ServerProcess process;

  private GantryProcess(int descriptors) {
    process = launch(descriptors);
  }

  /** Starts a proxy without routes and waits until it answers. */
  public static GantryProcess start() {
    return new GantryProcess(0);
  }

  /** The same, with a limit of open descriptors. */
  public static GantryProcess withDescriptors(int limit) {
    return new GantryProcess(limit);
  }

  /** Steers it. */
  public ProxyClient client() {
    return client;
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Replaces an owner's routes; returns when they are in force. */
  public void apply(String owner, WireRoute... routes) throws IOException, ProxyRefusedException {
    client.apply(owner, List.of(routes), DEADLINE);
  }

  /** What it says of itself. */
  public WireStatus status() throws IOException, ProxyRefusedException {
    return client.status(DEADLINE);
  }

  /** Open connections over all backends. */
  public long connections() {
    try {
      return status().backends().stream().mapToLong(WireBackendStatus::connections).sum();
    } catch (IOException | ProxyRefusedException e) {
      throw new IllegalStateException("the proxy does not answer", e);
    }
  }

  /** What it has logged so far. */
  public String log() throws IOException {
    return Files.readString(client.files().log());
  }

  /** Ends it without a chance to clean up. */
  public void kill() {
    process.kill();
  }

  /** Starts it again on the same folder and waits until it answers. */
  public void restart() {
    process.close();
    process = launch(0);
  }

  /** Lets a new process take over; returns when the new one answers. The old one may live on. */
  public void upgrade() {
    older.add(process);
    process = launch("", List.of("--upgrade"));
  }

  @Override
  public void close() {
    older.add(process);
    for (ServerProcess one : older) {
      one.kill();
      one.close();
    }
    folder.close();
  }

  private ServerProcess launch(int descriptors) {
    String limit = descriptors == 0 ? "" : "ulimit -n " + descriptors + "; ";
    return launch(limit, List.of());
  }

  private ServerProcess launch(String limit, List<String> options) {
    List<String> arguments = new ArrayList<>(List.of("-c", limit + "exec \"$0\" \"$@\""));
    arguments.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    arguments.addAll(FLAGS);
    arguments.addAll(List.of("-cp", classPath));
    arguments.addAll(List.of("gantry.proxy.ProxyMain", "--state-dir", folder.path().toString()));
    arguments.addAll(options);
    ServerCommand command =
        new ServerCommand("sh", "dash", arguments, folder.path().resolve("output.log"));
    long before = answering();
    return ServerProcess.start(command, () -> isAnother(answering(), before), DEADLINE);
  }

  private static boolean isAnother(long pid, long before) {
    return pid != NOBODY && pid != before;
  }

  /** The process that answers now. */
  private long answering() {
    try {
      return client.status(DEADLINE).pid();
    } catch (IOException | ProxyRefusedException e) {
      return NOBODY;
    }
  }
}
