package gantry.proxy.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where connections go.
 *
 * @param id the owner's name for it
 * @param active whether it gets new connections
 */
public record WireBackend(String id, WireAddress address, boolean active) {
  static final List<String> NAMES = List.of("id", "host", "port", "active");

  /** Reads a backend; one without {@code id} is called by its address, and is active. */
  static WireBackend from(WireFields fields) throws WireException {
    WireAddress address = WireAddress.from(fields);
    String id = fields.has("id") ? WireRoute.name(fields, "id") : address.toString();
    return new WireBackend(id, address, fields.flag("active", true));
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id);
    json.put("host", address.host());
    json.put("port", address.port());
    json.put("active", active);
    return json;
  }
}
