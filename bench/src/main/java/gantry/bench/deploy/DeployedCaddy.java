package gantry.bench.deploy;

import gantry.bench.deploy.Client.Target;
import gantry.bench.peer.Layer;
import gantry.bench.run.BenchException;
import gantry.bench.run.Child;
import gantry.bench.run.Ports;
import gantry.bench.run.Scratch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Caddy; a switch is a configuration that is loaded over its admin API, answered when in force. */
final class DeployedCaddy implements Deployed {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Scratch scratch;
  private final List<Target> targets = List.of(new Target(Layer.HTTP, Ports.free()));
  private final int adminPort = Ports.free();
  private final HttpClient admin =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Child child;

  DeployedCaddy(Scratch scratch, int backendPort) {
    this.scratch = scratch;
    String folder = scratch.makeFolder("caddy-" + adminPort).toString();
    Path config = scratch.write("caddy-" + adminPort + ".caddyfile", config(backendPort));
    this.child =
        Child.start(
            scratch,
            "caddy",
            List.of("caddy", "run", "--adapter", "caddyfile", "--config", config.toString()),
            Map.of("HOME", folder, "XDG_DATA_HOME", folder, "XDG_CONFIG_HOME", folder));
    child.awaitPort(targets.getFirst().port());
  }

  @Override
  public String name() {
    return "caddy, configuration change";
  }

  @Override
  public List<Target> targets() {
    return targets;
  }

  @Override
  public void switchTo(int port) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + "/load"))
            .header("Content-Type", "text/caddyfile")
            .timeout(LIMIT)
            .POST(HttpRequest.BodyPublishers.ofString(config(port)))
            .build();
    try {
      HttpResponse<String> answer = admin.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new BenchException("caddy did not take a configuration: " + answer.body());
      }
    } catch (IOException e) {
      throw new BenchException("caddy's admin API failed: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted while caddy loads a configuration", e);
    }
  }

  private String config(int backendPort) {
    return """
    {
      admin 127.0.0.1:%d
      auto_https off
      log {
        level ERROR
      }
    }
    http://:%d {
      bind 127.0.0.1
      reverse_proxy 127.0.0.1:%d
    }
    """
        .formatted(adminPort, targets.getFirst().port(), backendPort);
  }

  @Override
  public void close() {
    admin.close();
    scratch.end(child);
  }
}
