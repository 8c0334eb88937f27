package gantry.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.proxy.client.ProxyClient;
import gantry.proxy.wire.Protocol;
import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireBackend;
import gantry.proxy.wire.WireHello;
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

  private final ProxyPrograms programs = new ProxyPrograms();

  @AfterEach
  void endProcesses() {
    programs.close();
  }

  @Test
  void theSecondProxyOfAFolderEndsAndNamesTheFirst() throws Exception {
    Process first = programs.startOn(folder);
    ProxyClient client = new ProxyClient(folder);
    ProxyPrograms.awaitAnswer(client);
    Process second = programs.startOn(folder);
    assertThat(ProxyPrograms.output(second))
        .contains("another proxy (process " + first.pid() + ")");
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
    Process first = programs.startOn(folder);
    ProxyClient client = new ProxyClient(folder);
    ProxyPrograms.awaitAnswer(client);
    client.apply("shop/web", List.of(route), TIMEOUT);
    first.destroyForcibly().waitFor();
    assertThat(client.isRunning()).isFalse();
    programs.startOn(folder);
    ProxyPrograms.awaitAnswer(client);
    assertThat(client.status(TIMEOUT).routes()).containsEntry("shop/web", List.of(route));
  }

  private static int freePort() throws IOException {
    try (java.net.ServerSocket probe = new java.net.ServerSocket(0)) {
      return probe.getLocalPort();
    }
  }

  @Test
  void theControlSocketIsUsableByHandAndSurvivesNonsense() throws Exception {
    programs.startOn(folder);
    ProxyPrograms.awaitAnswer(new ProxyClient(folder));
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
          .contains(
              "cmd: unknown command \\\"dance\\\"; known commands: apply, connections, handover,"
                  + " hello, metrics, routes, status, stop, watch");
      say(channel, "{\"v\":1,\"cmd\":\"statsu\"}");
      assertThat(answers.nextLine()).contains("did you mean 'status'?");
      say(channel, "{\"v\":1,\"cmd\":\"apply\",\"owner\":\"o\",\"routes\":[{\"colour\":1}]}");
      assertThat(answers.nextLine()).contains("routes[0].colour: unknown field");
      say(channel, "{\"v\":9,\"cmd\":\"status\"}");
      assertThat(answers.nextLine()).contains("v: expected a whole number from 1 to 1");
      say(channel, "{\"v\":1,\"id\":8,\"cmd\":\"watch\"}");
      assertThat(answers.nextLine()).contains("\"id\":8").contains("\"ok\":true");
      assertThat(answers.nextLine()).isEqualTo("{\"event\":\"alive\"}");
    }
  }

  @Test
  void whoeverSaysHelloLearnsWhatTheProxyCanDo() throws Exception {
    Process process =
        programs.start("--state-dir", folder.toString(), "--loops=1", "--transport", "epoll");
    ProxyClient client = new ProxyClient(folder);
    ProxyPrograms.awaitAnswer(client);
    WireHello hello = client.hello(TIMEOUT);
    assertThat(hello.protocols()).containsExactly(Protocol.VERSION);
    assertThat(hello.pid()).isEqualTo(process.pid());
    assertThat(hello.transport()).isEqualTo("epoll");
    assertThat(hello.loops()).isEqualTo(1);
    assertThat(hello.uptime()).isPositive();
    assertThat(hello.metrics()).isEmpty();
    assertThat(hello.commands()).containsExactlyElementsOf(Protocol.COMMANDS);
    try (SocketChannel channel =
            SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("proxy/control.sock")));
        Scanner answers = new Scanner(Channels.newInputStream(channel), StandardCharsets.UTF_8)) {
      say(channel, "{\"v\":9,\"cmd\":\"hello\"}");
      assertThat(answers.nextLine()).contains("\"ok\":true").contains("\"protocols\":[1]");
      say(channel, "{\"cmd\":\"hello\"}");
      assertThat(answers.nextLine()).contains("\"ok\":true");
    }
  }

  private static void say(SocketChannel channel, String line) throws IOException {
    channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void stopAndSigtermEndIt() throws Exception {
    ProxyClient client = new ProxyClient(folder);
    Process stopped = programs.startOn(folder);
    ProxyPrograms.awaitAnswer(client);
    client.stop(TIMEOUT);
    assertThat(stopped.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(stopped.exitValue()).isZero();
    Process terminated = programs.startOn(folder);
    ProxyPrograms.awaitAnswer(client);
    terminated.destroy();
    assertThat(terminated.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(client.isRunning()).isFalse();
  }

  @Test
  void wrongArgumentsAreExplained() throws Exception {
    Process process = programs.start("--port", "80");
    assertThat(ProxyPrograms.output(process))
        .isEqualTo("gantry-proxy: unknown option '--port'\nnext: gantry-proxy --help\n");
    assertThat(process.waitFor()).isEqualTo(2);
    Process help = programs.start("--help");
    assertThat(ProxyPrograms.output(help)).startsWith("usage: gantry-proxy --state-dir DIR");
    assertThat(help.waitFor()).isZero();
  }
}
