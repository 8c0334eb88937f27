package gantry.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gantry.proxy.client.ProxyClient;
import gantry.proxy.wire.WireAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proxy with a file of routes and nothing else of Gantry. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class StandaloneIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;

  private final ProxyPrograms programs = new ProxyPrograms();
  private ServerSocket backend;
  private WireAddress listener;
  private Path file;
  private Path state;
  private ProxyClient client;

  @BeforeEach
  void startBackend() throws IOException {
    backend = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::greet);
    listener = freeAddress();
    file = folder.resolve("routes.json");
    state = folder.resolve("state");
    client = new ProxyClient(state);
    write(routeTo(listener));
  }

  @AfterEach
  void endAll() throws IOException {
    programs.close();
    backend.close();
  }

  /** Says hello, and then what it hears. */
  private void greet() {
    while (!backend.isClosed()) {
      try {
        Socket socket = backend.accept();
        Thread.ofVirtual().start(() -> echo(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void echo(Socket socket) {
    try (socket) {
      socket.getOutputStream().write("hello\n".getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException ended) {
      // The tests look at the client's side.
    }
  }

  private String routeTo(WireAddress address) {
    return """
        {"routes": [{"listener": {"host": "%s", "port": %d},
                     "backends": [{"host": "127.0.0.1", "port": %d}]}]}
        """
        .formatted(address.host(), address.port(), backend.getLocalPort());
  }

  private void write(String text) throws IOException {
    Path fresh = Files.writeString(folder.resolve("routes.json.new"), text);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static WireAddress freeAddress() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.2"))) {
      return WireAddress.of("127.0.0.2", probe.getLocalPort());
    }
  }

  private Process start(String... more) throws IOException {
    String[] arguments = new String[more.length + 4];
    System.arraycopy(
        new String[] {"--routes", file.toString(), "--state-dir", state.toString()},
        0,
        arguments,
        0,
        4);
    System.arraycopy(more, 0, arguments, 4, more.length);
    Process process = programs.start(arguments);
    ProxyPrograms.awaitAnswerOf(client, process);
    return process;
  }

  private Socket connect(WireAddress address) throws IOException {
    Socket socket = new Socket(address.host(), address.port());
    socket.setSoTimeout(20_000);
    assertThat(socket.getInputStream().readNBytes(6))
        .isEqualTo("hello\n".getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private boolean serves(WireAddress address) {
    try (Socket socket = new Socket(address.host(), address.port())) {
      socket.setSoTimeout(5_000);
      return socket.getInputStream().read() == 'h';
    } catch (IOException e) {
      return false;
    }
  }

  private String log() throws IOException {
    return Files.readString(state.resolve("proxy/proxy.log"));
  }

  @Test
  void theFilesRoutesAreInForceFromTheStartAndFollowed() throws Exception {
    start();
    assertThat(serves(listener)).isTrue();
    WireAddress other = freeAddress();
    write(routeTo(other));
    await().atMost(PATIENCE).until(() -> serves(other) && !serves(listener));
  }

  @Test
  void aBadFileChangesNothingAndSaysWhereItIsBad() throws Exception {
    start();
    write("{\"routes\": [\n  {\"listner\": 1}]}");
    await().atMost(PATIENCE).until(() -> log().contains("routes.json:2:4: routes[0].listner"));
    assertThat(log()).contains("did you mean 'listener'?; the routes from before stay in force");
    assertThat(serves(listener)).isTrue();
    Files.delete(file);
    await().atMost(PATIENCE).until(() -> log().contains("cannot read " + file));
    assertThat(serves(listener)).isTrue();
    WireAddress other = freeAddress();
    write(routeTo(other));
    await().atMost(PATIENCE).until(() -> serves(other));
  }

  @Test
  void anAddressThatIsTakenIsTriedUntilItIsFree() throws Exception {
    start();
    WireAddress other = freeAddress();
    try (ServerSocket _ = new ServerSocket(other.port(), 1, InetAddress.ofLiteral(other.host()))) {
      write(routeTo(other));
      await().atMost(PATIENCE).until(() -> log().contains("another program has the address"));
      assertThat(serves(listener)).isTrue();
    }
    await().atMost(PATIENCE).until(() -> serves(other));
    assertThat(log().lines().filter(line -> line.contains("another program"))).hasSize(1);
  }

  @Test
  void aBadFileAtTheFirstStartEndsItAndAtALaterOneDoesNot() throws Exception {
    write("{");
    Process refused = programs.start("--routes", file.toString(), "--state-dir", state.toString());
    assertThat(ProxyPrograms.output(refused)).contains("gantry-proxy: " + file + ":1:2: not JSON");
    assertThat(refused.waitFor()).isEqualTo(3);
    write(routeTo(listener));
    start().destroyForcibly().waitFor();
    write("{");
    start();
    assertThat(serves(listener)).isTrue();
    assertThat(log()).contains("not JSON");
  }

  @Test
  void checkSaysWhetherAFileIsGood() throws Exception {
    Process good = programs.start("--check", file.toString());
    assertThat(ProxyPrograms.output(good)).isEqualTo(file + ": good, 1 route\n");
    assertThat(good.waitFor()).isZero();
    write("{\"routes\": 1}");
    Process bad = programs.start("--check", file.toString());
    assertThat(ProxyPrograms.output(bad))
        .isEqualTo(
            "gantry-proxy: "
                + file
                + ":1:2: routes: expected a list of at most 256 objects, found 1\n");
    assertThat(bad.waitFor()).isEqualTo(3);
  }

  @Test
  void sigtermGivesConnectionsTimeAndAcceptsNoMore() throws Exception {
    Process process = start("--grace", "1m");
    try (Socket open = connect(listener)) {
      process.destroy();
      await().atMost(PATIENCE).until(() -> log().contains("1 connections have 60000 ms to end"));
      assertThat(serves(listener)).isFalse();
      open.getOutputStream().write('x');
      assertThat(open.getInputStream().read()).isEqualTo('x');
      assertThat(process.isAlive()).isTrue();
      open.shutdownOutput();
      assertThat(open.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(log()).contains("ended with 0 connections open");
    assertThat(state.resolve("proxy/control.sock")).doesNotExist();
  }

  @Test
  void withoutGraceSigtermEndsItAtOnce() throws Exception {
    Process process = start();
    try (Socket open = connect(listener)) {
      process.destroy();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      assertThat(open.isConnected()).isTrue();
    }
    assertThat(log()).contains("ended with 1 connections open");
  }

  @Test
  void metricsAreServedWhereTheFileSays() throws Exception {
    WireAddress metrics = freeAddress();
    start();
    assertThat(client.hello(PATIENCE).metrics()).isEmpty();
    write(routeTo(listener).replaceFirst("\\{", "{\"metrics\": \"" + metrics + "\", "));
    await().atMost(PATIENCE).until(() -> client.hello(PATIENCE).metrics().isPresent());
    connect(listener).close();
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              String text = figures(metrics);
              return text.contains("gantry_proxy_connections_total{route=\"" + listener + "\"")
                  && text.contains("direction=\"out\"} 6");
            });
    write(routeTo(listener));
    await().atMost(PATIENCE).until(() -> client.hello(PATIENCE).metrics().isEmpty());
  }

  private static String figures(WireAddress metrics) throws IOException {
    try (var in = URI.create("http://" + metrics + "/metrics").toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void withoutAStateFolderOneOfTheFilesOwnIsMade() throws Exception {
    Process process = programs.startIn(folder, "--routes", file.toString());
    await().atMost(PATIENCE).until(() -> serves(listener));
    process.toHandle().destroy(); // which leaves its output open, unlike destroy()
    assertThat(ProxyPrograms.output(process))
        .contains("control socket " + folder.resolve("gantry-proxy"));
    assertThat(process.waitFor()).isZero();
  }
}
