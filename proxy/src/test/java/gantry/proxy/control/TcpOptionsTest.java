package gantry.proxy.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import gantry.proxy.tcp.Transport;
import gantry.proxy.traffic.load.MuteServer;
import gantry.proxy.wire.HttpOptions;
import gantry.proxy.wire.RouteOptions;
import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireBackend;
import gantry.proxy.wire.WireRoute;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a route can ask for besides its backends. */
class TcpOptionsTest {
  private static final Duration NEVER = Duration.ZERO;
  private static final Duration CONNECT = Duration.ofMillis(400);
  private static final int PROXY_HEADER_BYTES = 28;

  @TempDir Path folder;

  private static RouteOptions options(Duration idle, int most, boolean proxy, Duration hold) {
    return new RouteOptions(CONNECT, idle, most, proxy, hold, HttpOptions.DEFAULT);
  }

  private static void route(
      TestProxy proxy, WireAddress listener, RouteOptions options, WireBackend... backends)
      throws RefusedException {
    proxy.steering.apply(
        TestProxy.OWNER, List.of(new WireRoute(listener, "tcp", options, List.of(backends))));
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void theBackendIsToldWhoItsClientIs(Transport transport) throws Exception {
    CompletableFuture<byte[]> got = new CompletableFuture<>();
    try (TestBackend backend =
            new TestBackend("a", socket -> got.complete(socket.getInputStream().readAllBytes()));
        TestProxy proxy = new TestProxy(folder, transport)) {
      WireAddress listener = TestProxy.freeAddress();
      route(proxy, listener, options(NEVER, 0, true, NEVER), backend.active());
      int port;
      try (Socket client = TestProxy.connect(listener)) {
        port = client.getLocalPort();
        client
            .getOutputStream()
            .write("hello".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        client.shutdownOutput();
        byte[] bytes = got.get(10, TimeUnit.SECONDS);
        assertThat(bytes).hasSize(PROXY_HEADER_BYTES + 5);
        assertThat(bytes).startsWith(13, 10, 13, 10, 0, 13, 10, 0x51, 0x55, 0x49, 0x54, 10);
        assertThat(List.of(bytes[12], bytes[13], bytes[14], bytes[15]))
            .containsExactly((byte) 0x21, (byte) 0x11, (byte) 0, (byte) 12);
        assertThat(List.of(bytes[16], bytes[19], bytes[20], bytes[23]))
            .containsExactly((byte) 127, (byte) 1, (byte) 127, (byte) 1);
        assertThat(portAt(bytes, 24)).isEqualTo(port);
        assertThat(portAt(bytes, 26)).isEqualTo(listener.port());
      }
    }
  }

  private static int portAt(byte[] bytes, int at) {
    return Byte.toUnsignedInt(bytes[at]) << 8 | Byte.toUnsignedInt(bytes[at + 1]);
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aSilentConnectionIsResetAndABusyOneIsNot(Transport transport) throws Exception {
    try (TestBackend backend = TestBackend.echo("a");
        TestProxy proxy = new TestProxy(folder, transport)) {
      WireAddress listener = TestProxy.freeAddress();
      Duration idle = Duration.ofMillis(800);
      route(proxy, listener, options(idle, 0, false, NEVER), backend.active());
      try (Socket client = TestProxy.connect(listener)) {
        long until = System.nanoTime() + 3 * idle.toNanos();
        while (System.nanoTime() < until) {
          client.getOutputStream().write(1);
          assertThat(client.getInputStream().read()).isEqualTo(1);
        }
        assertThatThrownBy(() -> client.getInputStream().read())
            .isInstanceOf(SocketException.class);
      }
      await().until(() -> proxy.count("a") == 0);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aRouteHasNoMoreClientsThanItWants(Transport transport) throws Exception {
    try (TestBackend backend = TestBackend.echo("a");
        TestProxy proxy = new TestProxy(folder, transport)) {
      WireAddress listener = TestProxy.freeAddress();
      route(proxy, listener, options(NEVER, 2, false, NEVER), backend.active());
      List<Socket> clients = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        clients.add(echoing(listener));
      }
      assertThatThrownBy(() -> echoing(listener)).isInstanceOf(SocketException.class);
      clients.getFirst().close();
      await().until(() -> proxy.count("a") == 1);
      clients.add(echoing(listener));
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  private static Socket echoing(WireAddress listener) throws IOException {
    Socket client = TestProxy.connect(listener);
    client.getOutputStream().write(1);
    if (client.getInputStream().read() != 1) {
      client.close();
      throw new SocketException("closed");
    }
    return client;
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aClientIsHeldUntilThereIsABackend(Transport transport) throws Exception {
    try (TestBackend backend = TestBackend.echo("a");
        TestProxy proxy = new TestProxy(folder, transport)) {
      WireAddress listener = TestProxy.freeAddress();
      RouteOptions hold = options(NEVER, 0, false, Duration.ofSeconds(20));
      route(proxy, listener, hold, backend.draining());
      try (Socket client = TestProxy.connect(listener)) {
        client.getOutputStream().write(1);
        client.setSoTimeout(300);
        assertThatThrownBy(() -> client.getInputStream().read())
            .isInstanceOf(java.net.SocketTimeoutException.class);
        client.setSoTimeout(10_000);
        route(proxy, listener, hold, backend.active());
        assertThat(client.getInputStream().read()).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void holdingEnds(Transport transport) throws Exception {
    try (TestBackend backend = TestBackend.echo("a");
        TestProxy proxy = new TestProxy(folder, transport)) {
      WireAddress listener = TestProxy.freeAddress();
      RouteOptions hold = options(NEVER, 0, false, Duration.ofMillis(500));
      route(proxy, listener, hold, backend.draining());
      long start = System.nanoTime();
      try (Socket client = TestProxy.connect(listener)) {
        assertThat(client.getInputStream().read()).isEqualTo(-1);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(400));
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aBackendThatDoesNotAnswerIsPassedOver(Transport transport) throws Exception {
    try (MuteServer mute = new MuteServer();
        TestBackend backend = TestBackend.echo("b");
        TestProxy proxy = new TestProxy(folder, transport, 1)) {
      WireAddress listener = TestProxy.freeAddress();
      WireBackend silent = new WireBackend("a", mute.address(), true);
      route(proxy, listener, options(NEVER, 0, false, NEVER), silent, backend.active());
      for (int i = 0; i < 2; i++) {
        echoing(listener).close();
      }
      await().until(() -> proxy.count("a") == 0 && proxy.count("b") == 0);
    }
  }
}
