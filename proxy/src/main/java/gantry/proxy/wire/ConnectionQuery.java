package gantry.proxy.wire;

import java.util.Map;

/**
 * Which connections somebody wants to know of.
 *
 * @param owner only this owner's; empty for all
 * @param backend only those to backends of this id; empty for all
 * @param list whether each one is to be told, and not only their number
 * @param limit most that are told, the oldest first
 */
public record ConnectionQuery(String owner, String backend, boolean list, int limit) {
  /** Told when a request names no limit. */
  public static final int LIMIT = 1000;

  /** Whether a backend's connections are wanted. */
  public boolean wants(String anOwner, String aBackend) {
    return (owner.isEmpty() || owner.equals(anOwner))
        && (backend.isEmpty() || backend.equals(aBackend));
  }

  /** Reads a request. */
  public static ConnectionQuery from(WireFields request) throws WireException {
    return new ConnectionQuery(
        request.text("owner", ""),
        request.text("backend", ""),
        request.flag("list", false),
        (int) request.number("limit", 1, WireConnection.MAX_LISTED, LIMIT));
  }

  /** Adds its fields to a request. */
  public void addTo(Map<String, Object> request) {
    if (!owner.isEmpty()) {
      request.put("owner", owner);
    }
    if (!backend.isEmpty()) {
      request.put("backend", backend);
    }
    request.put("list", list);
    request.put("limit", limit);
  }
}
