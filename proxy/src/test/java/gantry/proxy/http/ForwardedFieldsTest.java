package gantry.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.proxy.tcp.Transport;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What backends are told of a client that tells something itself. */
final class ForwardedFieldsTest {
  private static final String REQUEST =
      String.join(
          "\r\n",
          "GET / HTTP/1.1",
          "Host: a",
          "X-Forwarded-Host: outer",
          "X-Forwarded-For: 192.0.2.1, 192.0.2.2",
          "X-Forwarded-Proto: https",
          "",
          "");

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aClientThatIsTrustedIsBelieved(Transport transport) throws Exception {
    assertThat(forwarded(transport, true, REQUEST))
        .containsExactly(
            "X-Forwarded-Host: outer",
            "X-Forwarded-For: 192.0.2.1, 192.0.2.2",
            "X-Forwarded-Proto: https",
            "X-Forwarded-For: 127.0.0.1");
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void whatAnotherClientSaysIsReplaced(Transport transport) throws Exception {
    assertThat(forwarded(transport, false, REQUEST))
        .containsExactly(
            "X-Forwarded-For: 127.0.0.1", "X-Forwarded-Proto: http", "X-Forwarded-Host: a");
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void whatATrustedClientDoesNotSayIsAdded(Transport transport) throws Exception {
    assertThat(forwarded(transport, true, Client.GET))
        .containsExactly(
            "X-Forwarded-For: 127.0.0.1", "X-Forwarded-Proto: http", "X-Forwarded-Host: a");
  }

  private static List<String> forwarded(Transport transport, boolean trusted, String request)
      throws Exception {
    try (Backend backend = Backend.named("a");
        TestPlane plane = new TestPlane(transport, Settings.trusting(trusted), backend);
        Client client = plane.connect()) {
      assertThat(client.send(request).answer().status()).isEqualTo(200);
      return told(backend);
    }
  }

  private static List<String> told(Backend backend) {
    return backend.heads().getFirst().lines().filter(l -> l.startsWith("X-Forwarded-")).toList();
  }
}
