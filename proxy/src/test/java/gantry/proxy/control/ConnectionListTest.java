package gantry.proxy.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gantry.proxy.metrics.BackendFigures;
import gantry.proxy.tcp.Transport;
import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireBackend;
import gantry.proxy.wire.WireConnection;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be seen of open connections, and what is counted of those that were. */
class ConnectionListTest {
  @TempDir Path folder;

  @Test
  void eachConnectionIsToldWithWhatItMoved() throws Exception {
    try (TestBackend backend = TestBackend.echo("a");
        TestProxy proxy = new TestProxy(folder, Transport.best())) {
      WireAddress listener = proxy.route(backend.active());
      try (Socket first = TestProxy.connect(listener)) {
        first.getOutputStream().write(new byte[10]);
        assertThat(first.getInputStream().readNBytes(10)).hasSize(10);
        try (Socket second = TestProxy.connect(listener)) {
          second.getOutputStream().write(1);
          assertThat(second.getInputStream().read()).isEqualTo(1);
          List<WireConnection> open = proxy.steering.list(tally -> true, 10);
          assertThat(open).hasSize(2).isSortedAccordingTo((a, b) -> b.age().compareTo(a.age()));
          WireConnection oldest = open.getFirst();
          assertThat(oldest.owner()).isEqualTo(TestProxy.OWNER);
          assertThat(oldest.backend()).isEqualTo("a");
          assertThat(oldest.listener()).isEqualTo(listener.toString());
          assertThat(oldest.client()).isEqualTo("127.0.0.1:" + first.getLocalPort());
          assertThat(oldest.bytesIn()).isEqualTo(10);
          assertThat(oldest.bytesOut()).isEqualTo(10);
          assertThat(oldest.idle()).isBetween(Duration.ZERO, oldest.age());
          assertThat(proxy.steering.list(tally -> true, 1))
              .singleElement()
              .extracting(WireConnection::client)
              .isEqualTo(oldest.client());
          assertThat(proxy.steering.list(tally -> tally.id().equals("b"), 10)).isEmpty();
        }
      }
      await().until(() -> proxy.steering.list(tally -> true, 10).isEmpty());
    }
  }

  @Test
  void theListIsBounded() throws Exception {
    try (TestBackend backend = TestBackend.echo("a");
        TestProxy proxy = new TestProxy(folder, Transport.best())) {
      WireAddress listener = proxy.route(backend.active());
      List<Socket> open = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        open.add(TestProxy.connect(listener));
      }
      await().until(() -> proxy.count("a") == 20);
      assertThat(proxy.steering.list(tally -> true, 7)).hasSize(7);
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  @Test
  void whatABackendDidForARouteIsCounted() throws Exception {
    try (TestBackend backend = TestBackend.echo("a");
        TestProxy proxy = new TestProxy(folder, Transport.best())) {
      WireAddress listener = proxy.route(backend.active());
      for (int i = 0; i < 5; i++) {
        try (Socket client = TestProxy.connect(listener)) {
          client.getOutputStream().write(new byte[100]);
          client.shutdownOutput();
          assertThat(client.getInputStream().readAllBytes()).hasSize(100);
        }
      }
      await().until(() -> proxy.count("a") == 0);
      BackendFigures figures = proxy.steering.figures().getFirst();
      assertThat(figures.route()).isEqualTo(listener.toString());
      assertThat(figures.backend()).isEqualTo("a");
      assertThat(figures.http()).isFalse();
      assertThat(figures.connections()).isZero();
      assertThat(figures.counters().assigned()).isEqualTo(5);
      assertThat(figures.counters().bytesToBackend()).isEqualTo(500);
      assertThat(figures.counters().bytesToClients()).isEqualTo(500);
      assertThat(figures.counters().connectFailures()).isZero();
    }
  }

  @Test
  void aFailedConnectIsCountedForTheBackendThatFailed() throws Exception {
    WireBackend dead = new WireBackend("dead", TestProxy.freeAddress(), true);
    try (TestProxy proxy = new TestProxy(folder, Transport.best())) {
      WireAddress listener = proxy.route(dead);
      try (Socket client = TestProxy.connect(listener)) {
        assertThat(client.getInputStream().read()).isEqualTo(-1);
      }
      assertThat(proxy.steering.figures().getFirst().counters().connectFailures()).isEqualTo(1);
    }
  }
}
