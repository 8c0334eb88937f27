package gantry.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gantry.proxy.client.ProxyClient;
import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireBackend;
import gantry.proxy.wire.WireRoute;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program, started as a user or a service manager would. */
class ProxyMainIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  @TempDir Path folder;

  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endProcesses() {
    started.forEach(Process::destroyForcibly);
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "gantry.proxy.ProxyMain"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    started.add(process);
    return process;
  }

  private Process startOn(Path stateDir) throws IOException {
    return start("--state-dir", stateDir.toString());
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void awaitAnswer(ProxyClient client) {
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(() -> client.status(TIMEOUT).pid() > 0);
  }

  @Test
  void theSecondProxyOfAFolderEndsAndNamesTheFirst() throws Exception {
    Process first = startOn(folder);
    ProxyClient client = new ProxyClient(folder);
    awaitAnswer(client);
    Process second = startOn(folder);
    assertThat(output(second)).contains("another proxy (process " + first.pid() + ")");
    assertThat(second.waitFor()).isEqualTo(4);
    assertThat(client.isRunning()).isTrue();
    assertThat(first.isAlive()).isTrue();
  }

  @Test
  void routesAreInForceAgainAfterKillNine() throws Exception {
    WireRoute route =
        new WireRoute(
            WireAddress.of("127.0.0.2", freePort()),
            "tcp",
            List.of(new WireBackend("a", WireAddress.of("127.0.0.1", 9), true)));
    Process first = startOn(folder);
    ProxyClient client = new ProxyClient(folder);
    awaitAnswer(client);
    client.apply("shop/web", List.of(route), TIMEOUT);
    first.destroyForcibly().waitFor();
    assertThat(client.isRunning()).isFalse();
    startOn(folder);
    awaitAnswer(client);
    assertThat(client.status(TIMEOUT).routes()).containsEntry("shop/web", List.of(route));
  }

  private static int freePort() throws IOException {
    try (java.net.ServerSocket probe = new java.net.ServerSocket(0)) {
      return probe.getLocalPort();
    }
  }

  @Test
  void theControlSocketIsUsableByHandAndSurvivesNonsense() throws Exception {
    startOn(folder);
    awaitAnswer(new ProxyClient(folder));
    Path socket = folder.resolve("proxy/control.sock");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
        .isEqualTo("rw-------");
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        Scanner answers = new Scanner(Channels.newInputStream(channel), StandardCharsets.UTF_8)) {
      say(channel, "nonsense");
      assertThat(answers.nextLine()).contains("\"ok\":false").contains("BAD_REQUEST");
      say(channel, "{\"v\":1,\"id\":7,\"cmd\":\"dance\"}");
      assertThat(answers.nextLine())
          .contains("\"id\":7")
          .contains("expected one of apply, status, watch, stop, found");
      say(channel, "{\"v\":9,\"cmd\":\"status\"}");
      assertThat(answers.nextLine()).contains("v: expected a whole number from 1 to 1");
      say(channel, "{\"v\":1,\"id\":8,\"cmd\":\"watch\"}");
      assertThat(answers.nextLine()).contains("\"id\":8").contains("\"ok\":true");
      assertThat(answers.nextLine()).isEqualTo("{\"event\":\"alive\"}");
    }
  }

  private static void say(SocketChannel channel, String line) throws IOException {
    channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void stopAndSigtermEndIt() throws Exception {
    ProxyClient client = new ProxyClient(folder);
    Process stopped = startOn(folder);
    awaitAnswer(client);
    client.stop(TIMEOUT);
    assertThat(stopped.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(stopped.exitValue()).isZero();
    Process terminated = startOn(folder);
    awaitAnswer(client);
    terminated.destroy();
    assertThat(terminated.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(client.isRunning()).isFalse();
  }

  @Test
  void wrongArgumentsAreExplained() throws Exception {
    Process process = start("--port", "80");
    assertThat(output(process)).contains("wrong arguments: --port 80").contains("usage:");
    assertThat(process.waitFor()).isEqualTo(2);
    Process help = start("--help");
    assertThat(output(help)).contains("usage: gantry-proxy --state-dir DIR");
    assertThat(help.waitFor()).isZero();
  }
}
