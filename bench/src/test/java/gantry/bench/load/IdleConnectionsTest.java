package gantry.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gantry.bench.run.BenchException;
import gantry.bench.run.Ports;
import gantry.bench.run.Waiting;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdleConnectionsTest {
  private static final Wrk.Requests REQUESTS = new Wrk.Requests("/", 4, 1, false);
  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n";

  private final ServerSocket server;
  private final List<Socket> accepted = new CopyOnWriteArrayList<>();

  IdleConnectionsTest() throws IOException {
    server = new ServerSocket();
    server.bind(new InetSocketAddress(Ports.ADDRESS, 0), 1000);
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    for (Socket socket : accepted) {
      socket.close();
    }
  }

  @Test
  void holdsAsManyAsWereAskedForAlsoWhenAnswersComeInParts() {
    answer(HEAD, "body");
    try (IdleConnections idle = IdleConnections.open(REQUESTS, server.getLocalPort(), 300)) {
      assertThat(idle.stillOpen()).isEqualTo(300);
      assertThat(accepted).hasSize(300);
    }
  }

  @Test
  void noticesWhenSomeAreClosed() throws IOException {
    answer(HEAD + "body");
    try (IdleConnections idle = IdleConnections.open(REQUESTS, server.getLocalPort(), 20)) {
      accepted.get(3).close();
      accepted.get(7).close();
      Waiting.until(Duration.ofSeconds(30), "two ends", () -> idle.stillOpen() == 18);
    }
  }

  @Test
  void anErrorPageIsNoAnswer() {
    answer("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 4\r\n\r\nbody");
    assertThatThrownBy(() -> IdleConnections.open(REQUESTS, server.getLocalPort(), 5))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("503");
  }

  private void answer(String... parts) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                for (; ; ) {
                  Socket socket = server.accept();
                  accepted.add(socket);
                  Thread.ofVirtual().start(() -> answer(socket, parts));
                }
              } catch (IOException closed) {
                // the end of the test
              }
            });
  }

  private static void answer(Socket socket, String... parts) {
    try {
      socket.setTcpNoDelay(true);
      socket.getInputStream().read(new byte[1000]);
      for (String part : parts) {
        socket.getOutputStream().write(part.getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException gone) {
      // the client sees it
    }
  }
}
