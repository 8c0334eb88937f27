package gantry.bench.peer;

import gantry.bench.run.Child;
import gantry.bench.run.Ports;
import gantry.bench.run.Scratch;
import java.nio.file.Path;
import java.util.List;

/** nginx as a proxy: its stream module for TCP, its HTTP proxy with kept connections for HTTP. */
record Nginx() implements Peer {
  @Override
  public String name() {
    return "nginx";
  }

  @Override
  public boolean knows(Layer layer) {
    return true;
  }

  @Override
  public Started start(Scratch scratch, Scene scene) {
    int port = Ports.free();
    Path folder = scratch.makeFolder("nginx-" + port);
    String config = scene.layer() == Layer.TCP ? stream(scene, port) : http(folder, scene, port);
    String head =
        NginxFiles.streamModule()
            + NginxFiles.head(folder, scene.loops(), 2 * scene.connections() + 100);
    Path file = scratch.write("nginx-" + port + ".conf", head + config);
    Child child = Child.start(scratch, name(), List.of("nginx", "-c", file.toString()));
    child.awaitPort(port);
    return new Started(name(), child, port);
  }

  private static String stream(Scene scene, int port) {
    return """
        stream {
          server {
            listen 127.0.0.1:%d backlog=4096;
            proxy_connect_timeout 5s;
            proxy_timeout 1h;
            proxy_pass 127.0.0.1:%d;
          }
        }
        """
        .formatted(port, scene.backendPort());
  }

  private static String http(Path folder, Scene scene, int port) {
    return """
    http {
    %s
      upstream out {
        server 127.0.0.1:%d;
        keepalive 128;
        keepalive_requests 1000000000;
        keepalive_timeout 1h;
      }
      server {
        listen 127.0.0.1:%d backlog=4096;
        location / {
          proxy_pass http://out;
          proxy_http_version 1.1;
          proxy_set_header Connection "";
          proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
          proxy_max_temp_file_size 0;
        }
      }
    }
    """
        .formatted(NginxFiles.http(folder), scene.backendPort(), port);
  }
}
