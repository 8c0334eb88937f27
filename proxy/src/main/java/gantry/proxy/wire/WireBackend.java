package gantry.proxy.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where connections go.
 *
 * @param id the owner's name for it
 * @param active whether it gets new connections
 */
public record WireBackend(String id, WireAddress address, boolean active) {
  static WireBackend from(WireFields fields) throws WireException {
    return new WireBackend(
        WireRoute.name(fields, "id"), WireAddress.from(fields), fields.flag("active"));
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
