package gantry.cli;

import gantry.api.proxy.Backend;
import gantry.api.proxy.BackendStatus;
import gantry.api.proxy.Proxy;
import gantry.api.proxy.ProxyStatus;
import gantry.api.proxy.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;

/** Shows the routes that are in force. */
@Command(
    name = "routes",
    mixinStandardHelpOptions = true,
    description = "Shows the routes that are in force: whose, where they listen, where they lead.",
    footer = {"", "Example:", "  gantry proxy routes"})
final class ProxyRoutesCommand extends ProxyTask {
  @Override
  void run(Proxy proxy) {
    Optional<ProxyStatus> status = proxy.status();
    if (status.isEmpty()) {
      sayNoneRuns();
    } else if (options.json()) {
      JsonAnswer.print(out(), json(status.get()));
    } else {
      print(status.get());
    }
  }

  private void print(ProxyStatus status) {
    Table table = new Table(false, "OWNER", "LISTENER", "KIND", "BACKEND", "STATUS", "ADDRESS");
    new TreeMap<>(status.routes())
        .forEach((owner, routes) -> routes.forEach(route -> add(table, owner, route)));
    table.print(out());
  }

  private static void add(Table table, String owner, Route route) {
    if (route.backends().isEmpty()) {
      table.row(owner, route.listener().toString(), kind(route), "-", "-", "-");
    }
    for (Backend backend : route.backends()) {
      table.row(
          owner,
          route.listener().toString(),
          kind(route),
          backend.id(),
          backend.active() ? "active" : "draining",
          backend.endpoint().toString());
    }
  }

  private static String kind(Route route) {
    return route.kind().name().toLowerCase(Locale.ROOT);
  }

  private static List<Object> json(ProxyStatus status) {
    List<Object> rows = new ArrayList<>();
    new TreeMap<>(status.routes())
        .forEach((owner, routes) -> routes.forEach(r -> rows.add(json(status, owner, r))));
    return rows;
  }

  private static Map<String, Object> json(ProxyStatus status, String owner, Route route) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("owner", owner);
    json.put("listener", route.listener().toString());
    json.put("kind", kind(route));
    json.put("backends", route.backends().stream().map(b -> json(status, owner, b)).toList());
    return json;
  }

  private static Map<String, Object> json(ProxyStatus status, String owner, Backend backend) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", backend.id());
    json.put("address", backend.endpoint().toString());
    json.put("active", backend.active());
    json.put(
        "connections",
        status.backend(owner, backend.id()).map(BackendStatus::connections).orElse(0L));
    return json;
  }
}
