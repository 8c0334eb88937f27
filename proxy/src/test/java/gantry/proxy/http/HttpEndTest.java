package gantry.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.proxy.tcp.Transport;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of clients when the process is told to end. */
final class HttpEndTest {
  @ParameterizedTest
  @EnumSource(Transport.class)
  void idleOnesAreClosedAtOnceAndOthersAfterTheirAnswer(Transport transport) throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    try (Backend backend = answeringAfter(ended);
        TestPlane plane = new TestPlane(transport, backend);
        Client idle = plane.connect();
        Client waiting = plane.connect();
        Client reading = plane.connect();
        Client fresh = plane.connect()) {
      assertThat(idle.get().body()).isEqualTo("ok");
      waiting.send(Client.GET.replaceFirst("/", "/slow"));
      reading.send(Client.GET.replaceFirst("/", "/half"));
      assertThat(reading.head()).doesNotContain("Connection");
      plane.end();
      idle.expectEnd();
      ended.countDown();
      assertThat(waiting.answer().head()).contains("\r\nConnection: close\r\n");
      waiting.expectEnd();
      assertThat(reading.wire().readExactly(2)).isEqualTo(Deliveries.bytes("ok"));
      reading.expectEnd();
      assertThat(fresh.get().head()).contains("\r\nConnection: close\r\n");
      fresh.expectEnd();
    }
  }

  private static Backend answeringAfter(CountDownLatch ended) throws Exception {
    return new Backend(
        "a",
        wire -> {
          for (String head = wire.readHead(); head != null; head = wire.readHead()) {
            if (head.startsWith("GET /slow")) {
              await(ended);
            }
            wire.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");
            if (head.startsWith("GET /half")) {
              await(ended);
            }
            wire.write("ok");
          }
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
