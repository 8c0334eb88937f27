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

/** HAProxy in HTTP mode with its defaults, and the client's address passed on. */
public final class HaproxyContender implements Contender {
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final String HEAD =
      """
      global
        maxconn 8000
        nbthread 1
      defaults
        mode http
        option forwardfor
        timeout connect 5s
        timeout client 30s
        timeout server 30s
        timeout http-request 10s
      """;

  private final TempFolder folder = TempFolder.create("haproxy");
  private final int port = FreePorts.next();
  private final ServerProcess process;

  /** Starts it with so many lanes to the backend on this port. */
  public HaproxyContender(int lanes, int backendPort) throws IOException {
    Path config = folder.path().resolve("haproxy.cfg");
    StringBuilder text = new StringBuilder(HEAD);
    for (int i = 0; i < lanes; i++) {
      text.append("listen l%d%n  bind %s%n".formatted(i, new Lane(i).listener(port)))
          .append("  server s %s%n".formatted(new Lane(i).backend(backendPort)));
    }
    Files.writeString(config, text);
    ServerCommand command =
        new ServerCommand(
            "haproxy",
            "haproxy",
            List.of("-db", "-f", config.toString()),
            folder.path().resolve("haproxy.log"));
    WireAddress last = new Lane(lanes - 1).listener(port);
    process = ServerProcess.start(command, () -> Ports.accepts(last), DEADLINE);
  }

  @Override
  public String name() {
    return "haproxy";
  }

  @Override
  public WireAddress listener(Lane lane) {
    return lane.listener(port);
  }

  @Override
  public void close() {
    process.kill(); // in order, it would wait for its connections
    process.close();
    folder.close();
  }
}
