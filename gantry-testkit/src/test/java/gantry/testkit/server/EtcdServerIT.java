package gantry.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

final class EtcdServerIT {
  @Test
  void dataSurvivesAKillUnlessItIsDroppedOnPurpose() throws Exception {
    try (EtcdServer etcd = EtcdServer.start()) {
      call(etcd, "put", "{\"key\":\"YQ==\",\"value\":\"Yg==\"}");
      etcd.kill();
      etcd.restart();
      assertThat(call(etcd, "range", "{\"key\":\"YQ==\"}")).contains("\"Yg==\"");
      etcd.restartEmpty();
      assertThat(call(etcd, "range", "{\"key\":\"YQ==\"}")).doesNotContain("\"Yg==\"");
    }
  }

  private static String call(EtcdServer etcd, String method, String body)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(etcd.endpoint() + "/v3/kv/" + method))
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString())
          .body();
    }
  }
}
