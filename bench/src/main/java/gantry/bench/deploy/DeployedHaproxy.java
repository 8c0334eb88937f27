package gantry.bench.deploy;

import gantry.bench.deploy.Client.Target;
import gantry.bench.peer.Layer;
import gantry.bench.run.Child;
import gantry.bench.run.Ports;
import gantry.bench.run.Scratch;
import gantry.bench.run.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * HAProxy; a switch is a reload: a new process takes the listening sockets from the old one over
 * its stats socket ({@code -x}), and tells it to finish ({@code -sf}). Acknowledged when the
 * command that starts it returns.
 */
final class DeployedHaproxy implements Deployed {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration SOFT_STOP = Duration.ofSeconds(2);

  private final Scratch scratch;
  private final List<Target> targets =
      List.of(new Target(Layer.TCP, Ports.free()), new Target(Layer.HTTP, Ports.free()));
  private final Path folder;
  private final Set<Long> processes = new LinkedHashSet<>();

  DeployedHaproxy(Scratch scratch, int backendPort) {
    this.scratch = scratch;
    this.folder = scratch.makeFolder("haproxy-" + targets.getFirst().port());
    scratch.keep(this);
    reload(backendPort, List.of());
    Waiting.until(
        LIMIT, "haproxy to listen", () -> targets.stream().allMatch(t -> Ports.isOpen(t.port())));
  }

  @Override
  public String name() {
    return "haproxy, reload";
  }

  @Override
  public List<Target> targets() {
    return targets;
  }

  @Override
  public void switchTo(int port) {
    List<String> takeOver = new ArrayList<>(List.of("-x", socket().toString(), "-sf"));
    processes.stream().filter(this::isOurs).map(Object::toString).forEach(takeOver::add);
    reload(port, takeOver);
  }

  /** As a daemon, so that the command returns when the new process has everything. */
  private void reload(int backendPort, List<String> takeOver) {
    Path pidFile = folder.resolve("haproxy.pid");
    List<String> command =
        new ArrayList<>(
            List.of("haproxy", "-D", "-f", config().toString(), "-p", pidFile.toString()));
    command.addAll(takeOver);
    try {
      Files.writeString(config(), content(backendPort));
      Child.run(scratch, "haproxy", LIMIT, command);
      processes.add(Long.parseLong(Files.readString(pidFile).strip()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot reload haproxy", e);
    }
  }

  private Path config() {
    return folder.resolve("haproxy.cfg");
  }

  private Path socket() {
    return folder.resolve("stats.sock");
  }

  private String content(int backendPort) {
    return """
    global
      nbthread 1
      maxconn 2000
      stats socket %1$s mode 600 level admin expose-fd listeners
    defaults
      timeout connect 5s
      timeout client 1h
      timeout server 1h
      timeout tunnel 1h
    listen tcp-in
      mode tcp
      bind 127.0.0.1:%2$d
      server one 127.0.0.1:%4$d
    listen http-in
      mode http
      option forwardfor
      http-reuse always
      bind 127.0.0.1:%3$d
      server one 127.0.0.1:%4$d
    """
        .formatted(socket(), targets.getFirst().port(), targets.getLast().port(), backendPort);
  }

  /**
   * Ends every process that any reload has left. They are no children, being daemons, and one that
   * was being started when this is closed has not told its process id: so they are found by the
   * configuration that they were started with.
   */
  @Override
  public void close() {
    Processes.end(config().toString(), SOFT_STOP);
  }

  /** A process id may have been given to another program since. */
  private boolean isOurs(long pid) {
    return Processes.title(pid).contains(config().toString());
  }
}
