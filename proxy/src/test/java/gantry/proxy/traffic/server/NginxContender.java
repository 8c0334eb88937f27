package gantry.proxy.traffic.server;

import gantry.proxy.wire.WireAddress;
import gantry.testkit.server.FreePorts;
import gantry.testkit.server.ServerCommand;
import gantry.testkit.server.ServerProcess;
import gantry.testkit.server.TempFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** nginx as a reverse proxy over HTTP/1.1, and the client's address passed on. */
public final class NginxContender implements Contender {
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final String HEAD =
      """
      daemon off;
      master_process off;
      pid FOLDER/pid;
      error_log FOLDER/error.log crit;
      events { worker_connections 8000; }
      http {
        access_log off;
        client_body_temp_path FOLDER/a;
        proxy_temp_path FOLDER/b;
        fastcgi_temp_path FOLDER/c;
        uwsgi_temp_path FOLDER/d;
        scgi_temp_path FOLDER/e;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header Host $http_host;
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      """;

  private final TempFolder folder = TempFolder.create("nginx");
  private final int port = FreePorts.next();
  private final ServerProcess process;

  /** Starts it with so many lanes to the backend on this port. */
  public NginxContender(int lanes, int backendPort) throws IOException {
    Path config = folder.path().resolve("nginx.conf");
    StringBuilder text = new StringBuilder(HEAD.replace("FOLDER", folder.path().toString()));
    for (int i = 0; i < lanes; i++) {
      text.append(
          "  server { listen %s; location / { proxy_pass http://%s; } }%n"
              .formatted(new Lane(i).listener(port), new Lane(i).backend(backendPort)));
    }
    Files.writeString(config, text.append("}\n"));
    ServerCommand command =
        new ServerCommand(
            "nginx",
            "nginx-light",
            List.of("-c", config.toString(), "-e", folder.path() + "/error.log"),
            folder.path().resolve("nginx.log"));
    WireAddress last = new Lane(lanes - 1).listener(port);
    process = ServerProcess.start(command, () -> Ports.accepts(last), DEADLINE);
  }

  @Override
  public String name() {
    return "nginx";
  }

  @Override
  public WireAddress listener(Lane lane) {
    return lane.listener(port);
  }

  @Override
  public void close() {
    process.kill();
    process.close();
    folder.close();
  }
}
