package gantry.cli.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Every change that an etcd has seen below a prefix, in order: what happened, not what was told.
 */
public final class EtcdHistory {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int IDLE_MILLIS = 500;
  private static final int CONNECT_MILLIS = 5_000;

  private EtcdHistory() {}

  /**
   * One change.
   *
   * @param value empty when the key was deleted
   */
  public record Change(long revision, String key, String value) {
    /** Whether the key was removed, or ended with its lease. */
    public boolean deleted() {
      return value.isEmpty();
    }
  }

  /** All changes so far of keys with a prefix. */
  public static List<Change> of(String endpoint, String prefix) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(endpoint + "/v3/watch").toURL().openConnection();
      connection.setConnectTimeout(CONNECT_MILLIS);
      connection.setReadTimeout(IDLE_MILLIS);
      connection.setDoOutput(true);
      connection.getOutputStream().write(request(prefix).getBytes(StandardCharsets.UTF_8));
      try (BufferedReader answers =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
        return untilIdle(answers);
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read etcd's history", e);
    }
  }

  private static String request(String prefix) {
    return """
        {"create_request": {"key": "%s", "range_end": "%s", "start_revision": "1"}}
        """
        .formatted(base64(prefix), base64(after(prefix)));
  }

  private static List<Change> untilIdle(BufferedReader answers) throws IOException {
    List<Change> changes = new ArrayList<>();
    try {
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        JSON.readTree(line).at("/result/events").forEach(event -> changes.add(change(event)));
      }
    } catch (SocketTimeoutException caughtUp) {
      return changes;
    }
    return changes;
  }

  private static Change change(JsonNode event) {
    JsonNode entry = event.path("kv");
    return new Change(
        entry.path("mod_revision").asLong(),
        text(entry.path("key").asText()),
        text(entry.path("value").asText()));
  }

  private static String after(String prefix) {
    int last = prefix.length() - 1;
    return prefix.substring(0, last) + (char) (prefix.charAt(last) + 1);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }
}
