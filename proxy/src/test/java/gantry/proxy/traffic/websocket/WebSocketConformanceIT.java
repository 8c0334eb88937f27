package gantry.proxy.traffic.websocket;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gantry.proxy.traffic.server.GantryProcess;
import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireRoute;
import gantry.testkit.server.FreePorts;
import gantry.testkit.server.ServerCommand;
import gantry.testkit.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A WebSocket server behaves behind the proxy as it does without. {@code bench/soak websockets}
 * runs it with all cases of the test suite; it is not among the integration tests, because Jython
 * alone takes half a minute to start.
 */
class WebSocketConformance {
  private static final String[] CASES =
      System.getProperty("gantry.traffic.autobahn", "1.1.*,2.*").split(",", -1);
  private static final Duration START = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  @TempDir Path folder;

  @Test
  void everyCaseEndsAsItDoesWithoutTheProxy() throws Exception {
    WireAddress listener = WireAddress.of("127.0.0.1", FreePorts.next());
    try (EchoServer server = new EchoServer();
        GantryProcess proxy = GantryProcess.start()) {
      WireRoute route = new WireRoute(listener, WireRoute.HTTP, List.of(server.active()));
      proxy.apply("shop", route);
      Map<String, String> direct;
      Map<String, String> proxied;
      try (ServerProcess one = start(server.address(), "direct");
          ServerProcess other = start(listener, "proxied")) {
        await().atMost(PATIENCE).until(() -> !one.isAlive() && !other.isAlive());
        direct = results("direct");
        proxied = results("proxied");
      }
      System.out.printf("direct:  %s%nproxied: %s%n", summary(direct), summary(proxied));
      assertThat(direct).isNotEmpty().containsValue("OK OK");
      assertThat(proxied).isEqualTo(direct);
    }
  }

  private static Map<String, Long> summary(Map<String, String> results) {
    Map<String, Long> counts = new TreeMap<>();
    results.values().stream()
        .collect(groupingBy(behavior -> behavior))
        .forEach((behavior, cases) -> counts.put(behavior, (long) cases.size()));
    return counts;
  }

  /** One for each target at once: most of the time goes into starting Jython. */
  private ServerProcess start(WireAddress target, String name) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-c", "cd \"$0\" && exec \"$@\""));
    arguments.add(Files.createDirectory(folder.resolve(name)).toString());
    arguments.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
    arguments.addAll(List.of(FuzzingClient.class.getName(), "ws://" + target));
    arguments.addAll(List.of(CASES));
    ServerCommand command = new ServerCommand("sh", "dash", arguments, log(name));
    return ServerProcess.start(command, () -> true, START);
  }

  private Path log(String name) {
    return folder.resolve(name + ".log");
  }

  /** The behaviour of each case, and of its close. */
  private Map<String, String> results(String name) throws IOException {
    Map<String, String> results = new TreeMap<>();
    Files.readAllLines(log(name)).stream()
        .filter(line -> line.startsWith(FuzzingClient.MARK))
        .map(line -> line.substring(FuzzingClient.MARK.length()).split(" ", 2))
        .forEach(words -> results.put(words[0], words[1]));
    return results;
  }
}
