package gantry.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import gantry.proxy.io.Chunks;
import gantry.proxy.tcp.Transport;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens when one of the two does not do what it should. */
final class HttpFailureTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\n";

  @ParameterizedTest
  @EnumSource(Transport.class)
  void anInterimAnswerIsPassedOnBeforeTheBody(Transport transport) throws Exception {
    try (Backend backend =
            new Backend(
                "a",
                wire -> {
                  wire.readHead();
                  wire.write("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\n");
                  wire.skipBody();
                  wire.write("HTTP/1.1 103 Early\r\n\r\n" + OK);
                  wire.readHead();
                });
        TestPlane plane = new TestPlane(transport, backend);
        Client client = plane.connect()) {
      client.send(POST + "Expect: 100-continue\r\nContent-Length: 4\r\n\r\n");
      assertThat(client.head()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 103 Early\r\nLink: x\r\n");
      client.send("body");
      assertThat(client.head()).startsWith("HTTP/1.1 103 Early\r\n");
      assertThat(client.answer().body()).isEqualTo("ok");
      assertThat(plane.counters("a").answers(1)).isEqualTo(3);
      assertThat(plane.counters("a").answers(2)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void anEarlyAnswerIsPassedOnAndEndsTheConnection(Transport transport) throws Exception {
    String answer = "HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nno!";
    try (Backend backend =
            new Backend(
                "a",
                wire -> {
                  wire.readHead();
                  wire.write(answer);
                });
        TestPlane plane = new TestPlane(transport, backend)) {
      for (int i = 0; i < 20; i++) {
        try (Client client = plane.connect()) {
          client.send(POST + "Content-Length: 100000000\r\n\r\n" + "x".repeat(300_000));
          Client.Answer got = client.answer();
          assertThat(got.status()).isEqualTo(413);
          assertThat(got.head()).contains("\r\nConnection: close\r\n");
          assertThat(got.body()).isEqualTo("no!");
          client.expectEnd();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void whatIsNotUnderstoodIsRefusedAndTheAnswerArrives(Transport transport) throws Exception {
    try (Backend backend = Backend.echo("a");
        TestPlane plane = new TestPlane(transport, backend)) {
      for (var each : RejectedRequests.all().toList()) {
        try (Client client = plane.connect()) {
          Rejection reason = (Rejection) each.get()[0];
          client.send(each.get()[1] + "\r\n\r\n" + Client.GET.repeat(10_000));
          Client.Answer answer = client.answer();
          assertThat(answer.status()).isEqualTo(reason.status());
          assertThat(answer.body()).isEqualTo(reason.reason() + "\n");
          assertThat(answer.head()).contains("\r\nConnection: close\r\n");
          client.expectEnd();
        }
      }
      assertThat(backend.heads()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aBadBodyEndsBothSides(Transport transport) throws Exception {
    try (Backend backend = Backend.echo("a");
        TestPlane plane = new TestPlane(transport, backend);
        Client client = plane.connect()) {
      client.send(POST + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
      await().until(() -> plane.count("a") == 1);
      client.send("5\nhello");
      assertThat(client.answer().body()).isEqualTo(Rejection.BAD_CHUNK.reason() + "\n");
      client.expectEnd();
      await().until(() -> plane.count("a") == 0 && backend.open() == 0);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aBadAnswerIsABadGateway(Transport transport) throws Exception {
    for (String answer :
        new String[] {
          "nonsense\r\n\r\n",
          "HTTP/1.1 200 OK\n\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
          "HTTP/1.1 101 X\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx",
          "HTTP/1.1 200 OK\r\nX: "
        }) {
      try (Backend backend =
              new Backend(
                  "a",
                  wire -> {
                    wire.readHead();
                    wire.write(answer);
                  });
          TestPlane plane = new TestPlane(transport, backend);
          Client client = plane.connect()) {
        assertThat(client.get().status()).as(answer).isEqualTo(502);
        client.expectEnd();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void halfAnAnswerIsNotTakenForAWholeOne(Transport transport) throws Exception {
    for (String answer :
        new String[] {
          "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
          "HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\nhalf",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"
        }) {
      try (Backend backend =
              new Backend(
                  "a",
                  wire -> {
                    wire.readHead();
                    wire.write(answer);
                  });
          TestPlane plane = new TestPlane(transport, backend);
          Client client = plane.connect()) {
        client.send(Client.GET);
        assertThatThrownBy(
                () -> {
                  client.head();
                  client.wire().readAll();
                })
            .isInstanceOf(IOException.class)
            .hasMessageContaining("reset");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void anAnswerThatIsTooLongIsCutAndItsConnectionNotUsedAgain(Transport transport)
      throws Exception {
    try (Backend backend = Backend.answering("a", OK + "HTTP/1.1 200 OK\r\n");
        TestPlane plane = new TestPlane(transport, backend);
        Client client = plane.connect()) {
      for (int i = 1; i < 5; i++) {
        assertThat(client.get().body()).isEqualTo("ok");
        assertThat(backend.accepted()).isEqualTo(i);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aClientThatGoesAwayEndsItsRequest(Transport transport) throws Exception {
    try (Backend backend =
            new Backend(
                "a",
                wire -> {
                  wire.readHead();
                  wire.readAll();
                });
        TestPlane plane = new TestPlane(transport, backend)) {
      try (Client client = plane.connect()) {
        client.send(Client.GET);
        await().until(() -> plane.count("a") == 1);
        client.socket().setSoLinger(true, 0);
      }
      await().until(() -> plane.count("a") == 0 && backend.open() == 0);
      try (Client client = plane.connect()) {
        client.send(POST + "Content-Length: 10\r\n\r\nhalf");
        await().until(() -> plane.count("a") == 1);
      }
      await().until(() -> plane.count("a") == 0 && backend.open() == 0);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void slowHeadsAndSilentClientsAreNotWaitedForLong(Transport transport) throws Exception {
    try (Backend backend = Backend.echo("a");
        TestPlane plane =
            new TestPlane(
                transport,
                Settings.of(LONG, Duration.ZERO, Duration.ofMillis(300), Duration.ofMillis(600)),
                backend);
        Client slow = plane.connect();
        Client silent = plane.connect()) {
      assertThat(silent.get().status()).isEqualTo(200);
      slow.send("GET / HT");
      assertThat(slow.answer().status()).isEqualTo(408);
      slow.expectEnd();
      silent.expectEnd();
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aSilentBackendIsNotWaitedForIfTheRouteSaysSo(Transport transport) throws Exception {
    try (Backend backend =
            new Backend(
                "a",
                wire -> {
                  wire.readHead();
                  wire.read();
                });
        TestPlane plane =
            new TestPlane(
                transport, Settings.of(LONG, Duration.ofMillis(300), LONG, LONG), backend);
        Client client = plane.connect()) {
      assertThat(client.get().status()).isEqualTo(504);
      client.expectEnd();
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void readersThatStallCostLittleMemory(Transport transport) throws Exception {
    long before = Chunks.allocatedBytes();
    String chunk = "10000\r\n" + "x".repeat(65_536) + "\r\n";
    try (Backend backend =
            new Backend(
                "a",
                wire -> {
                  wire.readHead();
                  wire.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                  for (int i = 0; i < 2000; i++) {
                    wire.write(chunk);
                  }
                });
        TestPlane plane = new TestPlane(transport, backend)) {
      for (int i = 0; i < 20; i++) {
        Client client = plane.connect();
        client.send(Client.GET);
        client.head();
        client.socket().setSoLinger(true, 0);
        await().until(() -> plane.count("a") == 1);
        client.close();
        await().until(() -> plane.count("a") == 0);
      }
      assertThat(Chunks.allocatedBytes() - before).isLessThan(40_000_000);
    }
  }
}
