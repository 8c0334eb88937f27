package gantry.proxy.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import gantry.proxy.tcp.Transport;
import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireBackend;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TcpForwardingTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Transport.class)
  void bytesArriveUnchangedInBothDirections(Transport transport) throws Exception {
    try (TestBackend backend = TestBackend.echo("a");
        TestProxy proxy = new TestProxy(folder, transport);
        Socket client = TestProxy.connect(proxy.route(backend.active()))) {
      byte[] sent = new byte[5_000_000];
      new Random(1).nextBytes(sent);
      Thread writer = Thread.ofVirtual().start(() -> write(client, sent));
      byte[] got = client.getInputStream().readNBytes(sent.length);
      writer.join();
      assertThat(got).isEqualTo(sent);
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  private static void write(Socket client, byte[] bytes) {
    try {
      client.getOutputStream().write(bytes);
      client.shutdownOutput();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aClientThatFinishedSendingStillGetsItsAnswer(Transport transport) throws Exception {
    BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    try (TestBackend backend =
            new TestBackend(
                "a",
                socket -> {
                  String request = new String(socket.getInputStream().readAllBytes(), UTF_8);
                  requests.add(request);
                  socket.getOutputStream().write(("answer to " + request).getBytes(UTF_8));
                });
        TestProxy proxy = new TestProxy(folder, transport);
        Socket client = TestProxy.connect(proxy.route(backend.active()))) {
      client.getOutputStream().write("q".getBytes(UTF_8));
      client.shutdownOutput();
      assertThat(requests.poll(10, TimeUnit.SECONDS)).isEqualTo("q");
      assertThat(new String(client.getInputStream().readAllBytes(), UTF_8))
          .isEqualTo("answer to q");
      await().until(() -> proxy.count("a") == 0);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aBackendThatFinishedSendingStillGetsTheRest(Transport transport) throws Exception {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    try (TestBackend backend =
            new TestBackend(
                "a",
                socket -> {
                  socket.shutdownOutput();
                  received.add(new String(socket.getInputStream().readAllBytes(), UTF_8));
                });
        TestProxy proxy = new TestProxy(folder, transport);
        Socket client = TestProxy.connect(proxy.route(backend.active()))) {
      assertThat(client.getInputStream().read()).isEqualTo(-1);
      assertThat(proxy.count("a")).as("half-open counts").isEqualTo(1);
      client.getOutputStream().write("late".getBytes(UTF_8));
      client.shutdownOutput();
      assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("late");
      await().until(() -> proxy.count("a") == 0);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aResetByTheBackendReachesTheClientAsAReset(Transport transport) throws Exception {
    try (TestBackend backend =
            new TestBackend(
                "a",
                socket -> {
                  socket.getInputStream().read();
                  socket.setSoLinger(true, 0);
                });
        TestProxy proxy = new TestProxy(folder, transport);
        Socket client = TestProxy.connect(proxy.route(backend.active()))) {
      client.getOutputStream().write(1);
      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
      await().until(() -> proxy.count("a") == 0);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aResetByTheClientReachesTheBackendAsAReset(Transport transport) throws Exception {
    BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    try (TestBackend backend =
            new TestBackend(
                "a",
                socket -> {
                  socket.getOutputStream().write(1);
                  try {
                    ends.add("end " + socket.getInputStream().read());
                  } catch (SocketException e) {
                    ends.add(String.valueOf(e.getMessage()));
                  }
                });
        TestProxy proxy = new TestProxy(folder, transport)) {
      Socket client = TestProxy.connect(proxy.route(backend.active()));
      client.getInputStream().read();
      client.setSoLinger(true, 0);
      client.close();
      assertThat(ends.poll(10, TimeUnit.SECONDS)).contains("reset");
      await().until(() -> proxy.count("a") == 0);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aBackendThatDoesNotListenIsPassedOver(Transport transport) throws Exception {
    WireBackend dead = new WireBackend("dead", TestProxy.freeAddress(), true);
    try (TestBackend backend = TestBackend.named("a");
        TestProxy proxy = new TestProxy(folder, transport)) {
      WireAddress listener = proxy.route(dead, backend.active());
      for (int i = 0; i < 10; i++) {
        assertThat(ask(listener)).isEqualTo("a");
      }
      await().until(() -> proxy.count("a") == 0);
      assertThat(proxy.count("dead")).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void withoutAnActiveBackendTheConnectionIsClosed(Transport transport) throws Exception {
    WireBackend dead = new WireBackend("dead", TestProxy.freeAddress(), true);
    try (TestBackend backend = TestBackend.named("a");
        TestProxy proxy = new TestProxy(folder, transport)) {
      assertThat(ask(proxy.route(backend.draining()))).isEmpty();
      assertThat(ask(proxy.route())).isEmpty();
      assertThat(ask(proxy.route(dead))).isEmpty();
      assertThat(backend.accepted()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void theBackendWithFewestConnectionsGetsTheNext(Transport transport) throws Exception {
    try (TestBackend a = TestBackend.echo("a");
        TestBackend b = TestBackend.echo("b");
        TestBackend c = TestBackend.echo("c");
        TestProxy proxy = new TestProxy(folder, transport)) {
      WireAddress listener = proxy.route(a.active(), b.active(), c.active());
      Set<Socket> open = new HashSet<>();
      for (int i = 0; i < 30; i++) {
        Socket client = TestProxy.connect(listener);
        client.getOutputStream().write(1);
        client.getInputStream().read();
        open.add(client);
      }
      assertThat(proxy.count("a")).isEqualTo(10);
      assertThat(proxy.count("b")).isEqualTo(10);
      assertThat(proxy.count("c")).isEqualTo(10);
      for (Socket client : open) {
        client.close();
      }
      await().until(() -> proxy.count("a") + proxy.count("b") + proxy.count("c") == 0);
    }
  }

  private static String ask(WireAddress listener) throws IOException {
    try (Socket client = TestProxy.connect(listener)) {
      return new String(client.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
