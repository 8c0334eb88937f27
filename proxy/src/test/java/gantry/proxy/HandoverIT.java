package gantry.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gantry.proxy.client.ProxyClient;
import gantry.proxy.io.DescriptorChannel;
import gantry.proxy.wire.ProxyFiles;
import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireBackend;
import gantry.proxy.wire.WireBackendStatus;
import gantry.proxy.wire.WireRoute;
import gantry.proxy.wire.WireStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A newer process takes the listening sockets of the one that runs, under load. */
class HandoverIT {
  private static final Duration TIMEOUT = ProxyPrograms.TIMEOUT;
  private static final int UPGRADES = 3;
  private static final int CLIENTS = 8;

  @TempDir Path folder;

  private final ProxyPrograms programs = new ProxyPrograms();
  private ServerSocket backend;
  private ProxyClient client;
  private WireAddress listener;

  @BeforeEach
  void startAll() throws Exception {
    backend = new ServerSocket(0, 4096, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
    client = new ProxyClient(folder);
    programs.startOn(folder);
    ProxyPrograms.awaitAnswer(client);
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      listener = WireAddress.of("127.0.0.1", probe.getLocalPort());
    }
    apply(true);
  }

  @AfterEach
  void endAll() throws IOException {
    programs.close();
    backend.close();
  }

  @Test
  void noConnectionIsRefusedOrResetWhenProcessesFollowOneAnother() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger served = new AtomicInteger();
    List<CompletableFuture<Void>> load =
        java.util.stream.IntStream.range(0, CLIENTS)
            .mapToObj(i -> CompletableFuture.runAsync(() -> call(over, served)))
            .toList();
    for (int i = 0; i < UPGRADES; i++) {
      int before = served.get();
      await().until(() -> served.get() > before + 100);
      ProxyPrograms.awaitAnswerOf(client, programs.upgradeOn(folder));
      int after = served.get();
      await().until(() -> served.get() > after + 100);
    }
    over.set(true);
    for (CompletableFuture<Void> caller : load) {
      caller.get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void aLongConnectionGoesOnAndHoldsItsBackend() throws Exception {
    long oldPid = client.status(TIMEOUT).pid();
    try (Socket held = connect()) {
      echo(held);
      ProxyPrograms.awaitAnswerOf(client, programs.upgradeOn(folder));
      apply(false);
      echo(held);
      WireStatus status = client.status(TIMEOUT);
      assertThat(status.backends()).extracting(WireBackendStatus::connections).containsExactly(1L);
      assertThat(status.older()).containsExactly(new WireStatus.Older(oldPid, 1));
    }
    await().until(() -> client.status(TIMEOUT).older().isEmpty());
    assertThat(ProxyFiles.in(folder).retiredSockets()).isEmpty();
    await().until(() -> ProcessHandle.of(oldPid).isEmpty());
  }

  @Test
  void aSuccessorThatDiesHalfWayLeavesTheOldOneServing() throws Exception {
    long pid = client.status(TIMEOUT).pid();
    ProxyFiles files = ProxyFiles.in(folder);
    for (int step = 0; step < 2; step++) {
      String path = files.handoverSocket().toString();
      DescriptorChannel successor;
      CompletableFuture<Throwable> answer;
      try (DescriptorChannel server = DescriptorChannel.listen(path)) {
        answer = CompletableFuture.supplyAsync(this::askedToHandOver);
        successor = server.accept(TIMEOUT);
      }
      assertThat(successor.receive(TIMEOUT).descriptors()).hasSize(1);
      if (step == 1) {
        successor.send("{\"state\":\"ready\"}", List.of());
        assertThat(successor.receive(TIMEOUT).text()).contains("released");
      }
      successor.close();
      assertThat(answer.get(20, TimeUnit.SECONDS)).hasMessageContaining("the other process");
      java.nio.file.Files.delete(files.handoverSocket());
      try (Socket socket = connect()) {
        echo(socket);
      }
      assertThat(client.status(TIMEOUT).pid()).isEqualTo(pid);
    }
  }

  private Throwable askedToHandOver() {
    try {
      client.handOver(ProxyFiles.in(folder).handoverSocket(), Duration.ofSeconds(20));
      return new AssertionError("it handed over to nobody");
    } catch (Exception e) {
      return e;
    }
  }

  private void apply(boolean active) throws Exception {
    WireAddress address = WireAddress.of("127.0.0.1", backend.getLocalPort());
    WireBackend target = new WireBackend("a", address, active);
    client.apply("o", List.of(new WireRoute(listener, "tcp", List.of(target))), TIMEOUT);
  }

  private void call(AtomicBoolean over, AtomicInteger served) {
    while (!over.get()) {
      try (Socket socket = connect()) {
        echo(socket);
        socket.shutdownOutput();
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
        served.incrementAndGet();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException("after " + served + " connections", e);
      }
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(listener.host(), listener.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static void echo(Socket socket) throws IOException {
    socket.getOutputStream().write(7);
    assertThat(socket.getInputStream().read()).isEqualTo(7);
  }

  private void serve() {
    try {
      while (true) {
        Socket socket = backend.accept();
        Thread.ofVirtual().start(() -> echoAll(socket));
      }
    } catch (IOException closed) {
      assertThat(backend.isClosed()).isTrue();
    }
  }

  private static void echoAll(Socket socket) {
    try (socket) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException e) {
      // The client sees it.
    }
  }
}
