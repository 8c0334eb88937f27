package gantry.bench.peer;

import gantry.bench.run.Child;
import gantry.bench.run.Ports;
import gantry.bench.run.Scratch;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Caddy with its reverse proxy; it has none for TCP. */
record Caddy() implements Peer {
  @Override
  public String name() {
    return "caddy";
  }

  @Override
  public boolean knows(Layer layer) {
    return layer == Layer.HTTP;
  }

  @Override
  public Started start(Scratch scratch, Scene scene) {
    int port = Ports.free();
    String folder = scratch.makeFolder("caddy-" + port).toString();
    Path config = scratch.write("caddy-" + port + ".caddyfile", config(scene, port));
    List<String> command =
        List.of("caddy", "run", "--adapter", "caddyfile", "--config", config.toString());
    Map<String, String> environment =
        Map.of(
            "GOMAXPROCS", Integer.toString(scene.loops()),
            "HOME", folder,
            "XDG_DATA_HOME", folder,
            "XDG_CONFIG_HOME", folder);
    Child child = Child.start(scratch, name(), command, environment);
    child.awaitPort(port);
    return new Started(name(), child, port);
  }

  /** Keeps as many connections to the backend as there are clients; its own default is 32. */
  private static String config(Scene scene, int port) {
    return """
    {
      admin off
      auto_https off
      log {
        level ERROR
      }
    }
    http://:%d {
      bind 127.0.0.1
      reverse_proxy 127.0.0.1:%d {
        transport http {
          keepalive_idle_conns_per_host 128
        }
      }
    }
    """
        .formatted(port, scene.backendPort());
  }
}
