package gantry.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gantry.proxy.tcp.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which backend gets a request, and what holds its count. */
final class HttpRoutingTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final String UPGRADE =
      "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n";

  @ParameterizedTest
  @EnumSource(Transport.class)
  void theNextRequestOfAnOpenConnectionGoesToTheNewBackend(Transport transport) throws Exception {
    try (Backend a = Backend.named("a");
        Backend b = Backend.named("b");
        TestPlane plane = new TestPlane(transport, a);
        Client client = plane.connect()) {
      for (int i = 0; i < 20; i++) {
        assertThat(client.get().body()).isEqualTo("a");
        plane.route(b);
        await().until(() -> a.open() == 0);
        assertThat(client.get().body()).isEqualTo("b");
        plane.route(a);
        await().until(() -> b.open() == 0);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aTableThatChangesNothingKeepsIdleConnections(Transport transport) throws Exception {
    try (Backend a = Backend.named("a");
        TestPlane plane = new TestPlane(transport, a);
        Client client = plane.connect()) {
      for (int i = 0; i < 5; i++) {
        assertThat(client.get().body()).isEqualTo("a");
        plane.route(a);
      }
      assertThat(a.accepted()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aRequestUnderWayHoldsItsBackend(Transport transport) throws Exception {
    try (Backend a =
            new Backend(
                "a",
                wire -> {
                  wire.readHead();
                  wire.skipBody();
                  wire.write(OK);
                  wire.read();
                });
        Backend b = Backend.named("b");
        TestPlane plane = new TestPlane(transport, a);
        Client client = plane.connect()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nte");
      await().until(() -> plane.count("a") == 1 && a.heads().size() == 1);
      plane.route(b);
      assertThat(plane.count("a")).isEqualTo(1);
      client.send("st");
      assertThat(client.answer().body()).isEqualTo("ok");
      await().until(() -> plane.count("a") == 0 && a.open() == 0);
      assertThat(client.get().body()).isEqualTo("b");
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void anUpgradedConnectionStaysAndHoldsItsBackend(Transport transport) throws Exception {
    try (Backend a = upgrading();
        Backend b = Backend.named("b");
        TestPlane plane = new TestPlane(transport, a);
        Client client = plane.connect()) {
      client.send(UPGRADE + "early");
      assertThat(client.head())
          .isEqualTo("HTTP/1.1 101 X\r\nUpgrade: echo\r\nConnection: upgrade\r\n\r\n");
      assertThat(a.heads().getFirst())
          .contains("\r\nUpgrade: echo\r\n", "\r\nConnection: upgrade\r\n");
      assertThat(client.wire().readExactly(5)).isEqualTo(Deliveries.bytes("early"));
      plane.route(b);
      for (int i = 0; i < 10; i++) {
        client.send("word" + i);
        assertThat(client.wire().readExactly(5)).isEqualTo(Deliveries.bytes("word" + i));
        assertThat(plane.count("a")).isEqualTo(1);
      }
      client.socket().shutdownOutput();
      assertThat(client.wire().readExactly(3)).isEqualTo(Deliveries.bytes("bye"));
      client.expectEnd();
      await().until(() -> plane.count("a") == 0);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void anUpgradedConnectionThatIsCutLetsItsBackendGo(Transport transport) throws Exception {
    try (Backend a = upgrading();
        TestPlane plane = new TestPlane(transport, a)) {
      try (Client client = plane.connect()) {
        client.send(UPGRADE);
        assertThat(client.head()).contains(" 101 ");
        assertThat(plane.count("a")).isEqualTo(1);
        client.socket().setSoLinger(true, 0);
      }
      await().until(() -> plane.count("a") == 0 && a.open() == 0);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aRequestThatMetADyingConnectionIsRepeatedOnce(Transport transport) throws Exception {
    AtomicInteger connections = new AtomicInteger();
    try (Backend a =
            new Backend(
                "a",
                wire -> {
                  connections.incrementAndGet();
                  wire.readHead();
                  wire.write(OK);
                  wire.readHead();
                });
        TestPlane plane = new TestPlane(transport, a);
        Client client = plane.connect()) {
      for (int i = 0; i < 5; i++) {
        assertThat(client.get().body()).isEqualTo("ok");
      }
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx");
      assertThat(client.answer().status()).isEqualTo(502);
      client.expectEnd();
      assertThat(connections).hasValue(5);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aBackendThatAnswersNothingIsABadGateway(Transport transport) throws Exception {
    try (Backend a = new Backend("a", Wire::readHead);
        TestPlane plane = new TestPlane(transport, a);
        Client client = plane.connect()) {
      assertThat(client.get().status()).isEqualTo(502);
      client.expectEnd();
      assertThat(a.accepted()).as("a fresh connection is not repeated").isEqualTo(1);
      assertThat(plane.counters("a").answers(5)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aBackendThatRefusesIsPassedOver(Transport transport) throws Exception {
    Backend a = Backend.named("a");
    try (Backend b = Backend.named("b");
        TestPlane plane = new TestPlane(transport, a, b)) {
      a.close();
      for (int i = 0; i < 10; i++) {
        try (Client client = plane.connect()) {
          assertThat(client.get().body()).isEqualTo("b");
        }
      }
      plane.route(a);
      try (Client client = plane.connect()) {
        assertThat(client.get().status()).isEqualTo(503);
        client.expectEnd();
      }
      assertThat(plane.counters("a").connectFailures()).isPositive();
      plane.route();
      try (Client client = plane.connect()) {
        assertThat(client.get()).hasToString(noBackend());
        client.expectEnd();
      }
    }
  }

  private static String noBackend() {
    String head =
        String.join(
            "\r\n",
            "HTTP/1.1 503 Service Unavailable",
            "Content-Type: text/plain",
            "Content-Length: 21",
            "Connection: close",
            "",
            "");
    return new Client.Answer(head, "no backend is active\n").toString();
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aClientMayBeHeldUntilThereIsABackend(Transport transport) throws Exception {
    try (Backend a = Backend.named("a");
        TestPlane plane = new TestPlane(transport, Settings.holding(Duration.ofSeconds(20)));
        Client client = plane.connect()) {
      client.send(Client.GET);
      plane.route(a);
      assertThat(client.answer().body()).isEqualTo("a");
    }
    try (TestPlane plane = new TestPlane(transport, Settings.holding(Duration.ofMillis(300)));
        Client client = plane.connect()) {
      assertThat(client.get().status()).isEqualTo(503);
    }
  }

  /** Sends back what it gets after the upgrade, and a last word after the end. */
  private static Backend upgrading() throws IOException {
    return new Backend(
        "a",
        wire -> {
          wire.readHead();
          wire.write("HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n");
          for (int octet = wire.read(); octet >= 0; octet = wire.read()) {
            wire.write(new byte[] {(byte) octet});
          }
          wire.write("bye");
        });
  }
}
