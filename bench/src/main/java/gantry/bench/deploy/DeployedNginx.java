package gantry.bench.deploy;

import gantry.bench.deploy.Client.Target;
import gantry.bench.peer.Layer;
import gantry.bench.peer.NginxFiles;
import gantry.bench.run.Child;
import gantry.bench.run.Ports;
import gantry.bench.run.Scratch;
import gantry.bench.run.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * nginx; a switch is a changed configuration and SIGHUP to the master. It acknowledges nothing: the
 * switch counts as done when a new worker runs and the old one has said that it shuts down.
 */
final class DeployedNginx implements Deployed {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int CONNECTIONS = 2000;

  private final Scratch scratch;
  private final List<Target> targets =
      List.of(new Target(Layer.TCP, Ports.free()), new Target(Layer.HTTP, Ports.free()));
  private final Path folder;
  private final Child master;

  DeployedNginx(Scratch scratch, int backendPort) {
    this.scratch = scratch;
    String name = "nginx-" + targets.getFirst().port();
    this.folder = scratch.makeFolder(name);
    Path config = write(backendPort);
    this.master = Child.start(scratch, "nginx", List.of("nginx", "-c", config.toString()));
    targets.forEach(target -> master.awaitPort(target.port()));
  }

  @Override
  public String name() {
    return "nginx, reload";
  }

  @Override
  public List<Target> targets() {
    return targets;
  }

  @Override
  public void switchTo(int port) {
    Set<Long> before = workers();
    write(port);
    Child.run(scratch, "kill", LIMIT, List.of("kill", "-HUP", Long.toString(master.pid())));
    Waiting.until(
        LIMIT,
        "nginx to have a new worker",
        () -> {
          Set<Long> now = workers();
          return !now.isEmpty() && now.stream().noneMatch(before::contains);
        });
  }

  /** Those that do not shut down; each tells that by its title. */
  private Set<Long> workers() {
    return ProcessHandle.of(master.pid()).stream()
        .flatMap(ProcessHandle::children)
        .map(ProcessHandle::pid)
        .filter(pid -> Processes.title(pid).startsWith("nginx: worker process"))
        .filter(pid -> !Processes.title(pid).contains("shutting down"))
        .collect(Collectors.toSet());
  }

  private Path write(int backendPort) {
    return scratch.write(
        folder.getFileName() + ".conf",
        NginxFiles.streamModule() + NginxFiles.head(folder, 1, CONNECTIONS) + config(backendPort));
  }

  private String config(int backendPort) {
    return """
    stream {
      server {
        listen 127.0.0.1:%2$d backlog=4096;
        proxy_connect_timeout 5s;
        proxy_timeout 1h;
        proxy_pass 127.0.0.1:%4$d;
      }
    }
    http {
    %1$s
      map $http_upgrade $connection_field {
        default upgrade;
        "" "";
      }
      upstream out {
        server 127.0.0.1:%4$d;
        keepalive 128;
      }
      server {
        listen 127.0.0.1:%3$d backlog=4096;
        location / {
          proxy_pass http://out;
          proxy_http_version 1.1;
          proxy_read_timeout 1h;
          proxy_set_header Upgrade $http_upgrade;
          proxy_set_header Connection $connection_field;
        }
      }
    }
    """
        .formatted(
            NginxFiles.http(folder),
            targets.getFirst().port(),
            targets.getLast().port(),
            backendPort);
  }

  @Override
  public void close() {
    scratch.end(master);
  }
}
