package gantry.proxy.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gantry.proxy.wire.WireAddress;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class MetricsEndpointTest {
  private static WireAddress freeAddress() throws IOException {
    try (ServerSocket probe = new ServerSocket(0)) {
      return WireAddress.of("127.0.0.1", probe.getLocalPort());
    }
  }

  private static HttpResponse<String> ask(WireAddress address, String method, String path)
      throws Exception {
    URI uri = URI.create("http://" + address + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()).build();
      return client.send(request, BodyHandlers.ofString());
    }
  }

  @Test
  void metricsAreServedAndNothingElse() throws Exception {
    WireAddress address = freeAddress();
    try (MetricsEndpoint _ = MetricsEndpoint.open(address, () -> "figures 1\n")) {
      HttpResponse<String> answer = ask(address, "GET", "/metrics");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type"))
          .contains("text/plain; version=0.0.4; charset=utf-8");
      assertThat(answer.body()).isEqualTo("figures 1\n");
      assertThat(ask(address, "HEAD", "/metrics").statusCode()).isEqualTo(200);
      assertThat(ask(address, "GET", "/").statusCode()).isEqualTo(404);
      assertThat(ask(address, "POST", "/metrics").statusCode()).isEqualTo(405);
    }
    assertThatThrownBy(() -> ask(address, "GET", "/metrics")).isInstanceOf(IOException.class);
  }

  @Test
  void anAddressThatIsTakenIsTold() throws Exception {
    WireAddress address = freeAddress();
    try (MetricsEndpoint _ = MetricsEndpoint.open(address, () -> "")) {
      assertThatThrownBy(() -> MetricsEndpoint.open(address, () -> ""))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot serve metrics on " + address);
    }
  }

  @Test
  void aFailureOfTheFiguresDoesNotEndTheEndpoint() throws Exception {
    WireAddress address = freeAddress();
    int[] calls = {0};
    try (MetricsEndpoint _ =
        MetricsEndpoint.open(
            address,
            () -> {
              if (calls[0]++ == 0) {
                throw new IllegalStateException("not now");
              }
              return "again\n";
            })) {
      assertThat(ask(address, "GET", "/metrics").statusCode()).isEqualTo(503);
      assertThat(ask(address, "GET", "/metrics").body()).isEqualTo("again\n");
    }
  }
}
