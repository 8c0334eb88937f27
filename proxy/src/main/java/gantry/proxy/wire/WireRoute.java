package gantry.proxy.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A listener and the backends behind it.
 *
 * @param kind {@code tcp} or {@code http}
 */
public record WireRoute(WireAddress listener, String kind, List<WireBackend> backends) {
  /** Most routes that one owner can have. */
  public static final int MAX_ROUTES = 256;

  /** Most backends of one route. */
  public static final int MAX_BACKENDS = 64;

  /** Longest owner and longest backend id, in characters. */
  public static final int MAX_NAME_CHARS = 256;

  private static final List<String> KINDS = List.of("tcp", "http");

  /** Copies the backends. */
  public WireRoute {
    backends = List.copyOf(backends);
  }

  /** Reads the list of routes in an object's field {@code routes}. */
  public static List<WireRoute> listFrom(WireFields parent) throws WireException {
    List<WireRoute> routes = new ArrayList<>();
    for (WireFields fields : parent.objects("routes", MAX_ROUTES)) {
      routes.add(from(fields));
    }
    return List.copyOf(routes);
  }

  /** The form in which routes travel and are stored. */
  public static List<Map<String, Object>> toJson(List<WireRoute> routes) {
    return routes.stream().map(WireRoute::toJson).toList();
  }

  /** Reads an owner or a backend id. */
  public static String name(WireFields fields, String field) throws WireException {
    String name = fields.text(field);
    if (name.length() > MAX_NAME_CHARS) {
      throw fields.wrong(field, "at most " + MAX_NAME_CHARS + " characters");
    }
    return name;
  }

  private static WireRoute from(WireFields fields) throws WireException {
    String kind = fields.text("kind", "tcp");
    if (!KINDS.contains(kind)) {
      throw fields.wrong("kind", "one of " + String.join(", ", KINDS));
    }
    List<WireBackend> backends = new ArrayList<>();
    for (WireFields backend : fields.objects("backends", MAX_BACKENDS)) {
      backends.add(WireBackend.from(backend));
    }
    return new WireRoute(WireAddress.from(fields.object("listener")), kind, backends);
  }

  private Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("listener", Map.of("host", listener.host(), "port", listener.port()));
    json.put("kind", kind);
    json.put("backends", backends.stream().map(WireBackend::toJson).toList());
    return json;
  }
}
