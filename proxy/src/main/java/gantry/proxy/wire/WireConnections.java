package gantry.proxy.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is open.
 *
 * @param connections how many, over all backends that were asked for
 * @param backends those backends
 * @param list the oldest connections, if they were asked for
 * @param complete whether {@code list} has them all
 */
public record WireConnections(
    long connections,
    List<WireBackendStatus> backends,
    List<WireConnection> list,
    boolean complete) {
  /** Copies the lists. */
  public WireConnections {
    backends = List.copyOf(backends);
    list = List.copyOf(list);
  }

  /** Reads an answer. */
  public static WireConnections from(WireFields answer) throws WireException {
    return new WireConnections(
        answer.number("connections", 0, Long.MAX_VALUE),
        WireBackendStatus.listFrom(answer),
        answer.has("list") ? WireConnection.listFrom(answer) : List.of(),
        answer.flag("complete", false));
  }

  /** The form in which it travels. */
  public Map<String, Object> toJson(boolean listed) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("connections", connections);
    json.put("backends", WireBackendStatus.toJson(backends));
    if (listed) {
      json.put("list", list.stream().map(WireConnection::toJson).toList());
      json.put("complete", complete);
    }
    return json;
  }
}
