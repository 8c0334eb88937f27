package gantry.testkit.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.Endpoint;
import gantry.api.proxy.Listener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a proxy that carries bytes must do, shown with real sockets on loopback. */
public abstract class SocketProxyContract extends ProxyContract {
  private static final int SWITCHES = 200;

  private final Map<String, EchoBackend> backends = new ConcurrentHashMap<>();

  @AfterEach
  final void closeBackends() {
    backends.values().forEach(EchoBackend::close);
  }

  @Override
  protected final Listener freeListener() {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.2"))) {
      return new Listener("127.0.0.2", probe.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on 127.0.0.2", e);
    }
  }

  @Override
  protected final AutoCloseable occupy(Listener listener) {
    try {
      return new ServerSocket(listener.port(), 1, InetAddress.ofLiteral(listener.host()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on " + listener, e);
    }
  }

  @Override
  protected final Endpoint backendEndpoint(String id) {
    return backends.computeIfAbsent(id, EchoBackend::new).endpoint();
  }

  @Override
  protected final HeldConnection connect(Listener listener) {
    return new SocketConnection(listener);
  }

  @Override
  protected final void refuse(String backend) {
    backends.computeIfAbsent(backend, EchoBackend::new).refuse();
  }

  @Test
  void anEndOfStreamGoesThroughInEachDirectionAlone() throws IOException {
    Listener listener = freeListener();
    proxy.apply(OWNER, List.of(route(listener, active("a"))));
    try (Socket client = new Socket()) {
      client.connect(new InetSocketAddress(listener.host(), listener.port()), 5_000);
      client.setSoTimeout(10_000);
      client.getOutputStream().write("hello".getBytes(UTF_8));
      client.shutdownOutput();
      assertThat(new String(client.getInputStream().readAllBytes(), UTF_8)).isEqualTo("a\nhello");
    }
  }

  @Test
  void noConnectionReachesTheOldBackendAfterAnAcknowledgedSwitch() throws Exception {
    Listener listener = freeListener();
    proxy.apply(OWNER, List.of(route(listener, active("a"), draining("b"))));
    List<String> wrong = new CopyOnWriteArrayList<>();
    for (int i = 0; i < SWITCHES; i++) {
      boolean toB = i % 2 == 0;
      proxy.apply(
          OWNER,
          List.of(
              toB
                  ? route(listener, draining("a"), active("b"))
                  : route(listener, active("a"), draining("b"))));
      String expected = toB ? "b" : "a";
      List<Thread> clients =
          List.of(probe(listener, expected, wrong), probe(listener, expected, wrong));
      for (Thread client : clients) {
        client.join();
      }
    }
    assertThat(wrong).isEmpty();
  }

  private Thread probe(Listener listener, String expected, List<String> wrong) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try (HeldConnection connection = connect(listener)) {
                String got = connection.backend().orElse("none");
                if (!got.equals(expected)) {
                  wrong.add(got + " instead of " + expected);
                }
              }
            });
  }
}
