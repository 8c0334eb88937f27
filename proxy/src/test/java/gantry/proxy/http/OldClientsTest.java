package gantry.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.proxy.tcp.Transport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients of HTTP/1.0. */
final class OldClientsTest {
  private static final String OK = "HTTP/1.1 200 OK\r\n";

  @ParameterizedTest
  @EnumSource(Transport.class)
  void oldClientsAreServed(Transport transport) throws Exception {
    try (Backend backend = Backend.untilClose("a", 10);
        TestPlane plane = new TestPlane(transport, backend);
        Client client = plane.connect()) {
      client.send("GET / HTTP/1.0\r\n\r\n");
      assertThat(client.head()).isEqualTo(OK + "Connection: close\r\n\r\n");
      assertThat(client.wire().readAll()).hasSize(10);
    }
    try (Backend backend = Backend.named("a");
        TestPlane plane = new TestPlane(transport, backend);
        Client client = plane.connect()) {
      for (int i = 0; i < 2; i++) {
        client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        assertThat(client.answer().head()).contains("\r\nConnection: keep-alive\r\n");
      }
    }
  }

  /** They would take an interim answer for the final one. */
  @ParameterizedTest
  @EnumSource(Transport.class)
  void interimAnswersAreNotPassedOn(Transport transport) throws Exception {
    String early = "HTTP/1.1 103 Early\r\nLink: x\r\n\r\n";
    String length = "Content-Length: 2\r\n";
    try (Backend backend =
            new Backend(
                "a",
                wire -> {
                  wire.readHead();
                  wire.write("HTTP/1.1 100 Continue\r\n\r\n");
                  wire.skipBody();
                  wire.write(early + early + OK + length + "\r\nok");
                  wire.readHead();
                  wire.write(early);
                  wire.write(OK + length + "\r\nno");
                  wire.readHead();
                });
        TestPlane plane = new TestPlane(transport, backend);
        Client client = plane.connect()) {
      client.send("POST / HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 4\r\n\r\nbody");
      String head = OK + length + "Connection: keep-alive\r\n\r\n";
      assertThat(client.answer()).isEqualTo(new Client.Answer(head, "ok"));
      client.send("GET / HTTP/1.0\r\n\r\n");
      head = OK + length + "Connection: close\r\n\r\n";
      assertThat(client.answer()).isEqualTo(new Client.Answer(head, "no"));
      client.expectEnd();
      assertThat(backend.accepted()).isEqualTo(1);
    }
  }
}
