package gantry.engine.config;

import gantry.api.Fields;
import gantry.api.proxy.RouteKind;
import gantry.api.proxy.RouteOptions;
import gantry.engine.spec.PortSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the ports of all components of a project, which share the machine's ports. */
final class PortReader {
  private static final List<String> KINDS = List.of("tcp", "http");

  private final Map<Integer, String> ownerByPort = new HashMap<>();

  List<PortSpec> read(Fields component) {
    List<PortSpec> ports = new ArrayList<>();
    for (Fields port : component.objects("ports")) {
      ports.add(port(port, component));
    }
    return ports;
  }

  private PortSpec port(Fields fields, Fields component) {
    int external = fields.requiredInteger("external", Limits.PORT_MIN, Limits.PORT_MAX);
    int container = fields.requiredInteger("container", Limits.PORT_MIN, Limits.PORT_MAX);
    String word = fields.choice("kind", KINDS, "tcp");
    RouteKind kind = RouteKind.valueOf(word.toUpperCase(Locale.ROOT));
    RouteOptions options = RouteOptionsReader.read(fields, kind);
    fields.rejectUnknown();
    if (fields.raw().get("external") instanceof Number written
        && written.doubleValue() == external) {
      claim(external, fields, component);
    }
    return new PortSpec(external, container, kind, options);
  }

  private void claim(int external, Fields fields, Fields component) {
    String owner = component.raw().get("name") instanceof String name ? " ('" + name + "')" : "";
    String first = ownerByPort.putIfAbsent(external, fields.place() + owner);
    if (first != null) {
      fields.problem(
          "external",
          "port "
              + external
              + " belongs to "
              + first
              + " already; a project uses each external port once");
    }
  }
}
