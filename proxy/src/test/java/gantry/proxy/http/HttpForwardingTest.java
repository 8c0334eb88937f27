package gantry.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gantry.proxy.tcp.Transport;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes through: messages of every kind, and nothing but them. */
final class HttpForwardingTest {
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\n";

  @ParameterizedTest
  @EnumSource(Transport.class)
  void oneConnectionCarriesManyRequests(Transport transport) throws Exception {
    try (Backend backend = Backend.named("a");
        TestPlane plane = new TestPlane(transport, backend);
        Client client = plane.connect()) {
      for (int i = 0; i < 100; i++) {
        assertThat(client.get().body()).isEqualTo("a");
      }
      assertThat(backend.accepted()).isEqualTo(1);
      assertThat(backend.heads().getFirst().lines())
          .containsExactly(
              "GET / HTTP/1.1",
              "Host: a",
              "X-Forwarded-For: 127.0.0.1",
              "X-Forwarded-Proto: http",
              "X-Forwarded-Host: a",
              "");
      await().until(() -> plane.count("a") == 0);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void answersWithoutBodyAreFollowedByOthers(Transport transport) throws Exception {
    String length = "Content-Length: 5\r\n\r\n";
    try (Backend backend =
            new Backend(
                "a",
                wire -> {
                  wire.readHead();
                  wire.write(OK + length);
                  wire.readHead();
                  wire.write("HTTP/1.1 304 Not Modified\r\n" + length);
                  wire.readHead();
                  wire.write("HTTP/1.1 204 No Content\r\n\r\n");
                  wire.readHead();
                  wire.write(OK + length + "hello");
                  wire.readHead();
                });
        TestPlane plane = new TestPlane(transport, backend);
        Client client = plane.connect()) {
      client.send(Client.GET.replace("GET", "HEAD"));
      assertThat(client.head()).isEqualTo(OK + length);
      client.send(Client.GET);
      assertThat(client.head()).startsWith("HTTP/1.1 304");
      client.send(Client.GET);
      assertThat(client.head()).startsWith("HTTP/1.1 204");
      assertThat(client.get().body()).isEqualTo("hello");
      assertThat(backend.accepted()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void bodiesGoThroughInChunksWithTrailers(Transport transport) throws Exception {
    String chunks = "5;x=y\r\nhello\r\n6\r\n world\r\n0\r\nX-Sum: 1\r\n\r\n";
    try (Backend backend =
            new Backend(
                "a",
                wire -> {
                  while (wire.readHead() != null) {
                    byte[] body = wire.readExactly(chunks.length());
                    wire.write(OK + "Transfer-Encoding: chunked\r\n\r\n");
                    wire.write(body);
                  }
                });
        TestPlane plane = new TestPlane(transport, backend);
        Client client = plane.connect()) {
      String request = POST + "Transfer-Encoding: chunked\r\n\r\n" + chunks;
      client.send(request + request);
      for (int i = 0; i < 2; i++) {
        assertThat(client.head()).isEqualTo(OK + "Transfer-Encoding: chunked\r\n\r\n");
        assertThat(client.wire().readExactly(chunks.length())).isEqualTo(Deliveries.bytes(chunks));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void largeBodiesGoThroughInBothDirections(Transport transport) throws Exception {
    byte[] body = new byte[20_000_000];
    new Random(1).nextBytes(body);
    try (Backend backend = Backend.echo("a");
        TestPlane plane = new TestPlane(transport, backend);
        Client client = plane.connect()) {
      for (int i = 0; i < 3; i++) {
        client.send(POST + "Content-Length: " + body.length + "\r\n\r\n");
        client.wire().write(body);
        assertThat(client.head()).startsWith(OK);
        assertThat(Arrays.equals(client.wire().readBody(), body)).isTrue();
        assertThat(client.get().status()).isEqualTo(200);
      }
      assertThat(backend.accepted()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void largeChunkedBodiesGoThrough(Transport transport) throws Exception {
    String chunk = "10000\r\n" + "x".repeat(65_536) + "\r\n";
    try (Backend backend =
            new Backend(
                "a",
                wire -> {
                  wire.readHead();
                  int length = wire.readBody().length;
                  wire.write(OK + "Transfer-Encoding: chunked\r\n\r\n");
                  for (int i = 0; i < length / 65_536; i++) {
                    wire.write(chunk);
                  }
                  wire.write("0\r\n\r\n");
                  wire.readHead();
                });
        TestPlane plane = new TestPlane(transport, backend);
        Client client = plane.connect()) {
      client.send(POST + "Transfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < 100; i++) {
        client.send(chunk);
      }
      client.send("0\r\n\r\n");
      assertThat(client.answer().body()).hasSize(100 * 65_536).doesNotContain("0");
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void pipelinedRequestsAreAnsweredInOrder(Transport transport) throws Exception {
    try (Backend backend = Backend.echo("a");
        TestPlane plane = new TestPlane(transport, backend);
        Client client = plane.connect()) {
      StringBuilder requests = new StringBuilder();
      for (int i = 100; i < 900; i++) {
        requests.append(POST).append("Content-Length: 3\r\n\r\n").append(i);
      }
      client.send(requests.toString());
      for (int i = 100; i < 900; i++) {
        assertThat(client.answer().body()).isEqualTo(Integer.toString(i));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void headsMayArriveByteByByte(Transport transport) throws Exception {
    String head = POST + "X: " + "y".repeat(6000) + "\r\nContent-Length: 2\r\n\r\nok";
    try (Backend backend =
            new Backend(
                "a",
                wire -> {
                  wire.readHead();
                  wire.skipBody();
                  writeByteByByte(wire, OK + "Content-Length: 2\r\n\r\nok");
                  wire.readHead();
                });
        TestPlane plane = new TestPlane(transport, backend);
        Client client = plane.connect()) {
      writeByteByByte(client.wire(), head);
      assertThat(client.answer().body()).isEqualTo("ok");
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void anAnswerMayEndWithItsConnection(Transport transport) throws Exception {
    try (Backend backend = Backend.untilClose("a", 1_000_000);
        TestPlane plane = new TestPlane(transport, backend);
        Client client = plane.connect()) {
      client.send(Client.GET);
      assertThat(client.head()).isEqualTo(OK + "Connection: close\r\n\r\n");
      assertThat(client.wire().readAll()).hasSize(1_000_000);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aClientThatHasEndedStillGetsItsAnswer(Transport transport) throws Exception {
    try (Backend backend = Backend.echo("a");
        TestPlane plane = new TestPlane(transport, backend);
        Client client = plane.connect()) {
      client.send(POST + "Content-Length: 5\r\n\r\nhello");
      client.socket().shutdownOutput();
      assertThat(client.answer().body()).isEqualTo("hello");
      client.expectEnd();
    }
  }

  private static void writeByteByByte(Wire wire, String text) throws IOException {
    for (int i = 0; i < text.length(); i++) {
      wire.write(text.substring(i, i + 1));
    }
  }
}
