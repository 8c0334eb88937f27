package gantry.testkit.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether an etcd has a leader and serves, and whether it leads, asked for without TLS. */
final class EtcdHealth {
  private static final int TIMEOUT_MILLIS = 1_000;

  /** In a member's status its own number comes first, then that of the leader; 0 is nobody. */
  private static final Pattern LEADS =
      Pattern.compile("\"member_id\":\"([1-9]\\d*)\".*\"leader\":\"\\1\"");

  private EtcdHealth() {}

  static boolean isGood(int port) {
    try {
      return answer(connect(port, "/health")).contains("\"true\"");
    } catch (IOException e) {
      return false; // not there yet: asked again until the deadline
    }
  }

  static boolean leads(int port) {
    try {
      HttpURLConnection connection = connect(port, "/v3/maintenance/status");
      connection.setDoOutput(true);
      connection.getOutputStream().write("{}".getBytes(UTF_8));
      Matcher status = LEADS.matcher(answer(connection));
      return status.find();
    } catch (IOException e) {
      return false; // who does not answer cannot say that it leads
    }
  }

  private static HttpURLConnection connect(int port, String path) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    return connection;
  }

  private static String answer(HttpURLConnection connection) throws IOException {
    try (var body = connection.getInputStream()) {
      return new String(body.readAllBytes(), UTF_8);
    } finally {
      connection.disconnect();
    }
  }
}
