package gantry.proxy.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import gantry.proxy.tcp.Transport;
import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireRoute;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SteeringTest {
  @TempDir Path folder;

  @Test
  void aListenerThatIsTakenAtRestartIsReportedAndOpenedLater() throws Exception {
    try (TestBackend backend = TestBackend.echo("a")) {
      WireAddress listener;
      try (TestProxy first = new TestProxy(folder, Transport.best())) {
        listener = first.route(backend.active());
      }
      ServerSocket other =
          new ServerSocket(listener.port(), 1, InetAddress.ofLiteral(listener.host()));
      try (TestProxy second = new TestProxy(folder, Transport.best())) {
        assertThat(second.steering.status().unbound()).containsOnlyKeys(listener);
        assertThatThrownBy(() -> second.route(listener, backend.active()))
            .hasMessageContaining("another program");
        other.close();
        await().until(() -> second.steering.status().unbound().isEmpty());
        try (Socket client = TestProxy.connect(listener)) {
          client.getOutputStream().write(7);
          assertThat(client.getInputStream().read()).isEqualTo(7);
        }
      }
    }
  }

  @Test
  void aCorruptFileIsMovedAside() throws Exception {
    Files.writeString(folder.resolve("routes.json"), "{\"v\":1,\"owners\":[{");
    try (TestProxy proxy = new TestProxy(folder, Transport.best())) {
      assertThat(proxy.steering.status().routes()).isEmpty();
    }
    assertThat(folder.resolve("routes.json.corrupt")).exists();
    assertThat(folder.resolve("routes.json")).doesNotExist();
  }

  @Test
  void routesThatCannotBeStoredAreNotInForce() throws Exception {
    try (TestBackend backend = TestBackend.echo("a");
        TestProxy proxy = new TestProxy(folder, Transport.best())) {
      Files.createDirectories(folder.resolve("routes.json.new"));
      WireAddress listener = TestProxy.freeAddress();
      assertThatThrownBy(() -> proxy.route(listener, backend.active()))
          .hasMessageContaining("cannot store the routes");
      assertThat(proxy.steering.status().routes()).isEmpty();
      assertThatThrownBy(() -> TestProxy.connect(listener))
          .isInstanceOf(java.net.ConnectException.class);
    }
  }

  @Test
  void theSameRoutesAgainAreNotStoredAgain() throws Exception {
    try (TestBackend backend = TestBackend.echo("a");
        TestProxy proxy = new TestProxy(folder, Transport.best())) {
      WireAddress listener = proxy.route(backend.active());
      Files.delete(folder.resolve("routes.json"));
      proxy.route(listener, backend.active());
      assertThat(folder.resolve("routes.json")).doesNotExist();
    }
  }

  @Test
  void aWildcardInTheWayIsNamedWithItsOwner() throws Exception {
    try (TestBackend backend = TestBackend.echo("a");
        TestProxy proxy = new TestProxy(folder, Transport.best())) {
      WireAddress listener = proxy.route(backend.active());
      WireAddress all = WireAddress.of("0.0.0.0", listener.port());
      WireRoute route = new WireRoute(all, "tcp", List.of(backend.active()));
      assertThatThrownBy(() -> proxy.steering.apply("other", List.of(route)))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining(TestProxy.OWNER);
    }
  }

  @Test
  void mistakesInARequestAreRefused() throws Exception {
    try (TestBackend backend = TestBackend.echo("a");
        TestProxy proxy = new TestProxy(folder, Transport.best())) {
      assertThatThrownBy(() -> proxy.route(backend.active(), backend.draining()))
          .hasMessageContaining("backend a stands twice");
      WireRoute route = new WireRoute(TestProxy.freeAddress(), "http", List.of(backend.active()));
      assertThatThrownBy(() -> proxy.steering.apply("o", List.of(route, route)))
          .hasMessageContaining("stands in two routes");
    }
  }

  @Test
  void aListenerThatIsGivenUpIsClosed() throws Exception {
    try (TestBackend backend = TestBackend.echo("a");
        TestProxy proxy = new TestProxy(folder, Transport.best())) {
      WireAddress listener = proxy.route(backend.active());
      proxy.steering.apply(TestProxy.OWNER, List.of());
      assertThatThrownBy(() -> TestProxy.connect(listener))
          .isInstanceOf(java.net.ConnectException.class);
    }
  }
}
