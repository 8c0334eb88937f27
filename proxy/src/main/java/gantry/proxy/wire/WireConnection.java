package gantry.proxy.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One open connection.
 *
 * @param listener where it came in; empty when that cannot be told
 * @param client the client's address and port; empty when it is gone
 * @param idle since the last byte in either direction
 * @param bytesIn from the client
 * @param bytesOut to the client
 */
public record WireConnection(
    String owner,
    String backend,
    String listener,
    String client,
    Duration age,
    Duration idle,
    long bytesIn,
    long bytesOut) {
  /** Most connections that are listed in one answer. */
  public static final int MAX_LISTED = 10_000;

  /** Reads the list in an answer. */
  public static List<WireConnection> listFrom(WireFields answer) throws WireException {
    List<WireConnection> connections = new ArrayList<>();
    for (WireFields fields : answer.objects("list", MAX_LISTED)) {
      connections.add(from(fields));
    }
    return connections;
  }

  private static WireConnection from(WireFields fields) throws WireException {
    return new WireConnection(
        fields.text("owner"),
        fields.text("backend"),
        fields.text("listener", ""),
        fields.text("client", ""),
        Duration.ofMillis(fields.number("ageMillis", 0, Long.MAX_VALUE)),
        Duration.ofMillis(fields.number("idleMillis", 0, Long.MAX_VALUE)),
        fields.number("bytesIn", 0, Long.MAX_VALUE),
        fields.number("bytesOut", 0, Long.MAX_VALUE));
  }

  /** The form in which it travels. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("owner", owner);
    json.put("backend", backend);
    if (!listener.isEmpty()) {
      json.put("listener", listener);
    }
    if (!client.isEmpty()) {
      json.put("client", client);
    }
    json.put("ageMillis", age.toMillis());
    json.put("idleMillis", idle.toMillis());
    json.put("bytesIn", bytesIn);
    json.put("bytesOut", bytesOut);
    return json;
  }
}
