package gantry.proxy.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A listener and the backends behind it.
 *
 * @param kind {@link #TCP} or {@link #HTTP}
 */
public record WireRoute(
    WireAddress listener, String kind, RouteOptions options, List<WireBackend> backends) {
  /** Connections, byte for byte. */
  public static final String TCP = "tcp";

  /** HTTP/1.1 requests. */
  public static final String HTTP = "http";

  /** Most routes that one owner can have. */
  public static final int MAX_ROUTES = 256;

  /** Most backends of one route. */
  public static final int MAX_BACKENDS = 64;

  /** Longest owner and longest backend id, in characters. */
  public static final int MAX_NAME_CHARS = 256;

  private static final List<String> KINDS = List.of(TCP, HTTP);

  private static final List<String> NAMES =
      Stream.of(List.of("listener", "kind", "backends"), RouteOptions.NAMES, HttpOptions.NAMES)
          .flatMap(List::stream)
          .toList();

  /** Copies the backends. */
  public WireRoute {
    backends = List.copyOf(backends);
  }

  /** A route whose options are all the default. */
  public WireRoute(WireAddress listener, String kind, List<WireBackend> backends) {
    this(listener, kind, RouteOptions.DEFAULT, backends);
  }

  /**
   * Reads the routes that somebody wrote, in an object's field {@code routes}: an unknown field is
   * a mistake.
   */
  public static List<WireRoute> strictListFrom(WireFields parent) throws WireException {
    for (WireFields route : parent.objects("routes", MAX_ROUTES)) {
      route.rejectUnknown(NAMES);
      route.object("listener").rejectUnknown(WireAddress.NAMES);
      for (WireFields backend : route.objects("backends", MAX_BACKENDS)) {
        backend.rejectUnknown(WireBackend.NAMES);
      }
    }
    return listFrom(parent);
  }

  /**
   * Reads the routes that a proxy, perhaps of a newer version, wrote in an object's field {@code
   * routes}: unknown fields are ignored.
   */
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
    String kind = fields.text("kind", TCP);
    if (!KINDS.contains(kind)) {
      throw fields.wrong("kind", "one of " + String.join(", ", KINDS));
    }
    List<WireBackend> backends = new ArrayList<>();
    for (WireFields backend : fields.objects("backends", MAX_BACKENDS)) {
      backends.add(WireBackend.from(backend));
    }
    WireAddress listener = WireAddress.from(fields.object("listener"));
    return new WireRoute(listener, kind, RouteOptions.from(fields, kind), backends);
  }

  private Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("listener", listener.toJson());
    json.put("kind", kind);
    options.addTo(json);
    json.put("backends", backends.stream().map(WireBackend::toJson).toList());
    return json;
  }
}
