package gantry.bench.load;

import gantry.bench.run.BenchException;
import gantry.bench.run.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Makes sure that what answers is the server behind the proxy, not an error page. */
public final class Probe {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private Probe() {}

  /** Asks once on a new connection; fails unless the whole right answer comes. */
  public static void check(String who, Wrk.Requests requests, int port) {
    URI uri = URI.create("http://" + Ports.HOST + ":" + port + requests.path());
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(LIMIT).build();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200 || answer.body().length != requests.bodyBytes()) {
        throw new BenchException(
            "%s answers %s with status %d and %d bytes, expected 200 and %d bytes"
                .formatted(
                    who, uri, answer.statusCode(), answer.body().length, requests.bodyBytes()));
      }
    } catch (IOException e) {
      throw new BenchException(who + " does not answer " + uri + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted while asking " + who, e);
    }
  }
}
