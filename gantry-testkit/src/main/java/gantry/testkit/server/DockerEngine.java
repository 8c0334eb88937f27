package gantry.testkit.server;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A container engine of a test's own: {@code dockerd} with its data, socket and network bridge
 * apart from every other engine of this machine. It touches no firewall rule and trusts plain-HTTP
 * registries on loopback. Needs root. All its containers and its bridge go with {@link #close()}.
 */
public final class DockerEngine implements AutoCloseable {
  /** An engine that was frozen or killed has some catching up to do. */
  private static final Duration REMOVAL_LIMIT = Duration.ofSeconds(60);

  private static final Duration START_DEADLINE = Duration.ofSeconds(60);
  private static final Duration END_DEADLINE = Duration.ofSeconds(20);

  private final TempFolder folder = TempFolder.create("docker");
  private final Bridge bridge;
  private ServerProcess process;

  private DockerEngine(EngineSetup setup) {
    bridge = Bridge.create();
    try {
      Files.writeString(folder.path().resolve("daemon.json"), setup.daemonJson());
      Files.createDirectory(dataRoot());
      if (setup.diskMegabytes() > 0) {
        Mounts.memoryDisk(dataRoot(), setup.diskMegabytes());
      }
      process = launch();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the engine's configuration", e);
    } catch (RuntimeException e) {
      Mounts.removeBelow(folder.path());
      bridge.close();
      throw e;
    }
  }

  /** Starts an engine without images and containers, and waits until it answers. */
  public static DockerEngine start() {
    return start(EngineSetup.ORDINARY);
  }

  /** Starts an engine that differs from an ordinary one. */
  public static DockerEngine start(EngineSetup setup) {
    return new DockerEngine(setup);
  }

  /** Where it keeps images and containers. */
  public Path dataRoot() {
    return folder.path().resolve("root");
  }

  /** The socket that it listens on. */
  public Path socket() {
    return folder.path().resolve("docker.sock");
  }

  /** What {@code DOCKER_HOST} and {@code docker.host} name, {@code unix:///...}. */
  public String host() {
    return "unix://" + socket();
  }

  /** This machine's address on the engine's bridge; containers have addresses beside it. */
  public String gateway() {
    return bridge.gateway();
  }

  /** The process, for its log. */
  public ServerProcess process() {
    return process;
  }

  /**
   * Runs the {@code docker} command line against this engine.
   *
   * @return what it printed
   * @throws IllegalStateException it failed; the message has what it printed
   */
  public String docker(String... arguments) {
    List<String> line = new ArrayList<>(List.of("--host", host()));
    line.addAll(List.of(arguments));
    // Not this user's own configuration, which may name credential helpers.
    Map<String, String> environment =
        Map.of("DOCKER_CONFIG", folder.path().resolve("client").toString());
    return new ShortCommand("docker", "docker.io", line, environment).run();
  }

  /** Freezes it (SIGSTOP): connections stay open, nothing answers, containers go on. */
  public void pause() {
    process.pause();
  }

  /** Lets it go on after a pause. */
  public void resume() {
    process.resume();
  }

  /** Ends it at once (SIGKILL). Its containers go on until it is started again. */
  public void kill() {
    List<ProcessHandle> parts =
        ProcessHandle.of(process.pid()).stream().flatMap(ProcessHandle::children).toList();
    process.kill();
    for (ProcessHandle part : parts) {
      // containerd dies with dockerd, but later: one that starts meanwhile would wait for it
      part.destroyForcibly();
      part.onExit().orTimeout(END_DEADLINE.toMillis(), TimeUnit.MILLISECONDS).join();
    }
  }

  /** Ends it in order; its containers end too, unless it was set up for them to go on. */
  public void stop() {
    process.stop();
  }

  /** Starts it again with its images and containers, and waits until it answers. */
  public void restart() {
    process.stop();
    process = launch();
  }

  /** Removes its containers, ends it, and removes its folder and bridge. */
  @Override
  public void close() {
    try (Bridge last = bridge;
        TempFolder content = folder) {
      removeContainers();
      process.close();
      Mounts.removeBelow(content.path());
      assert last != null;
    }
  }

  private void removeContainers() {
    if (!process.isAlive()) {
      process = launch(); // containers of a killed engine live on: only an engine can end them
    }
    process.resume();
    await().atMost(REMOVAL_LIMIT).ignoreExceptions().until(this::hasRemovedContainers);
  }

  /** One whose removal is under way already, by a call that was given up, is an error of rm. */
  private boolean hasRemovedContainers() {
    List<String> line = new ArrayList<>(List.of("rm", "--force", "--volumes"));
    docker("ps", "--all", "--quiet", "--no-trunc").lines().forEach(line::add);
    if (line.size() == 3) {
      return true;
    }
    docker(line.toArray(String[]::new));
    return false;
  }

  private ServerProcess launch() {
    Path root = folder.path();
    List<String> arguments =
        List.of(
            "--config-file=" + root.resolve("daemon.json"),
            "--data-root=" + dataRoot(),
            "--exec-root=" + root.resolve("exec"),
            "--pidfile=" + root.resolve("pid"),
            "--host=" + host(),
            "--bridge=" + bridge.name(),
            "--iptables=false",
            "--ip6tables=false",
            "--ip-masq=false",
            "--ip-forward=false",
            "--insecure-registry=127.0.0.0/8");
    ServerCommand command =
        new ServerCommand("dockerd", "docker.io iptables", arguments, root.resolve("dockerd.log"));
    return ServerProcess.start(command, this::answers, START_DEADLINE);
  }

  private boolean answers() {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket()));
      channel.write(
          ByteBuffer.wrap("GET /_ping HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1)));
      ByteBuffer answer = ByteBuffer.allocate(64);
      channel.read(answer);
      return new String(answer.array(), StandardCharsets.ISO_8859_1).contains(" 200 ");
    } catch (IOException e) {
      return false; // not there yet: asked again until the deadline
    }
  }
}
