package gantry.proxy.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the proxy says of itself.
 *
 * @param pid the proxy's process id
 * @param routes by owner
 * @param backends every backend that stands in a route or still has a connection
 * @param unbound listeners that could not be opened after a restart and are tried again, with the
 *     reason
 * @param older processes that have handed over to this one and still have connections, which are in
 *     {@code backends} too
 */
public record WireStatus(
    long pid,
    Map<String, List<WireRoute>> routes,
    List<WireBackendStatus> backends,
    Map<WireAddress, String> unbound,
    List<Older> older) {
  static final int MANY = 1_000_000;

  /** A process that has handed over. */
  public record Older(long pid, long connections) {}

  /** Adds what older processes, which serve until their connections have ended, say. */
  public WireStatus with(List<WireStatus> others) {
    Map<List<String>, WireBackendStatus> sums = new LinkedHashMap<>();
    backends.forEach(backend -> sums.put(backend.key(), backend));
    List<Older> found = new ArrayList<>(older);
    for (WireStatus other : others) {
      long connections = 0;
      for (WireBackendStatus backend : other.backends) {
        connections += backend.connections();
        if (backend.connections() > 0) {
          sums.merge(backend.key(), backend, WireBackendStatus::plus);
        }
      }
      found.add(new Older(other.pid, connections));
    }
    return new WireStatus(pid, routes, List.copyOf(sums.values()), unbound, List.copyOf(found));
  }

  /** Reads the field {@code status} of an answer. */
  public static WireStatus from(WireFields status) throws WireException {
    Map<String, List<WireRoute>> routes = new LinkedHashMap<>();
    for (WireFields owner : status.objects("owners", MANY)) {
      routes.put(owner.text("owner"), WireRoute.listFrom(owner));
    }
    Map<WireAddress, String> unbound = new LinkedHashMap<>();
    for (WireFields listener : status.objects("unbound", MANY)) {
      unbound.put(WireAddress.from(listener), listener.text("reason"));
    }
    long pid = status.number("pid", 1, Long.MAX_VALUE);
    return new WireStatus(pid, routes, WireBackendStatus.listFrom(status), unbound, older(status));
  }

  /** The form in which it travels. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("pid", pid);
    json.put("owners", ownersJson(routes));
    json.put("backends", WireBackendStatus.toJson(backends));
    json.put("unbound", unbound.entrySet().stream().map(WireStatus::unboundJson).toList());
    if (!older.isEmpty()) {
      json.put("older", older.stream().map(WireStatus::olderJson).toList());
    }
    return json;
  }

  /** The routes of all owners, as they travel and are stored. */
  public static List<Map<String, Object>> ownersJson(Map<String, List<WireRoute>> routes) {
    List<Map<String, Object>> owners = new ArrayList<>();
    routes.forEach(
        (owner, list) -> {
          Map<String, Object> json = new LinkedHashMap<>();
          json.put("owner", owner);
          json.put("routes", WireRoute.toJson(list));
          owners.add(json);
        });
    return owners;
  }

  private static List<Older> older(WireFields status) throws WireException {
    List<Older> older = new ArrayList<>();
    if (status.has("older")) {
      for (WireFields fields : status.objects("older", MANY)) {
        long connections = fields.number("connections", 0, Long.MAX_VALUE);
        older.add(new Older(fields.number("pid", 1, Long.MAX_VALUE), connections));
      }
    }
    return older;
  }

  private static Map<String, Object> olderJson(Older older) {
    return Map.of("pid", older.pid, "connections", older.connections);
  }

  private static Map<String, Object> unboundJson(Map.Entry<WireAddress, String> entry) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("host", entry.getKey().host());
    json.put("port", entry.getKey().port());
    json.put("reason", entry.getValue());
    return json;
  }
}
