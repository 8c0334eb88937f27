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
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A WebSocket server behaves behind the proxy as it does without. {@code bench/soak websockets}
 * runs it with all cases of the test suite.
 */
class WebSocketConformanceIT {
  /** Groups of cases, each of which has clients of its own. */
  private static final List<String> GROUPS =
      List.of(System.getProperty("gantry.traffic.autobahn", "1.1.*,2.*").split(";", -1));

  private static final Duration START = Duration.ofSeconds(5);

  /** The longest group takes three minutes. */
  private static final Duration PATIENCE = Duration.ofMinutes(8);

  /** Autobahn's client sometimes stands still for ever, with the proxy and without. */
  private static final int ATTEMPTS = 3;

  @TempDir Path folder;
  private final Map<String, String> direct = new TreeMap<>();
  private final Map<String, String> proxied = new TreeMap<>();

  @Test
  void everyCaseEndsAsItDoesWithoutTheProxy() throws Exception {
    WireAddress listener = WireAddress.of("127.0.0.1", FreePorts.next());
    try (EchoServer server = new EchoServer();
        GantryProcess proxy = GantryProcess.start()) {
      WireRoute route = new WireRoute(listener, WireRoute.HTTP, List.of(server.active()));
      proxy.apply("shop", route);
      for (String group : GROUPS) {
        compare(server.address(), listener, group);
      }
      System.out.printf("direct:  %s%nproxied: %s%n", summary(direct), summary(proxied));
      assertThat(direct).isNotEmpty().containsValue("OK OK");
      assertThat(proxied).isEqualTo(direct);
    }
  }

  private void compare(WireAddress server, WireAddress listener, String group) throws IOException {
    for (int attempt = 1; !isDone(server, listener, group); attempt++) {
      System.out.printf("cases %s: a client stood still%n", group);
      assertThat(attempt).as("attempts at cases %s", group).isLessThan(ATTEMPTS);
    }
    direct.putAll(results("direct"));
    proxied.putAll(results("proxied"));
  }

  /** Both clients at once: most of the time goes into starting Jython. */
  private boolean isDone(WireAddress server, WireAddress listener, String group)
      throws IOException {
    try (ServerProcess one = start(server, "direct", group);
        ServerProcess other = start(listener, "proxied", group)) {
      await().atMost(PATIENCE).until(() -> !one.isAlive() && !other.isAlive());
      return true;
    } catch (ConditionTimeoutException e) {
      return false;
    }
  }

  private static Map<String, Long> summary(Map<String, String> results) {
    Map<String, Long> counts = new TreeMap<>();
    results.values().stream()
        .collect(groupingBy(behavior -> behavior))
        .forEach((behavior, cases) -> counts.put(behavior, (long) cases.size()));
    return counts;
  }

  private ServerProcess start(WireAddress target, String name, String group) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-c", "cd \"$0\" && exec \"$@\""));
    arguments.add(Files.createDirectories(folder.resolve(name)).toString());
    arguments.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
    arguments.addAll(List.of(FuzzingClient.class.getName(), "ws://" + target));
    arguments.addAll(List.of(group.split(",", -1)));
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
