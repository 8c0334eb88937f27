package gantry.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gantry.proxy.tcp.Transport;
import gantry.proxy.traffic.load.MuteServer;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Backends that accept no connection. */
final class HttpConnectTest {
  @ParameterizedTest
  @EnumSource(Transport.class)
  void aBackendThatDoesNotAcceptInTimeIsAGatewayTimeout(Transport transport) throws Exception {
    try (MuteServer mute = new MuteServer();
        TestPlane plane =
            new TestPlane(transport, Settings.connectWithin(Duration.ofMillis(300)))) {
      plane.route("mute", mute.address());
      try (Client client = plane.connect()) {
        Client.Answer answer = client.get();
        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.body()).isEqualTo("no backend accepted a connection in time\n");
        client.expectEnd();
      }
      assertThat(plane.counters("mute").connectFailures()).isEqualTo(1);
      assertThat(plane.counters("mute").answers(5)).as("it has answered nothing").isZero();
      assertThat(plane.ownAnswers(5)).isEqualTo(1);
      await().until(() -> plane.count("mute") == 0);
    }
  }
}
