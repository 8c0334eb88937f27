package gantry.engine.plan;

import gantry.api.Endpoint;
import gantry.api.proxy.Backend;
import gantry.api.proxy.Listener;
import gantry.api.proxy.Route;
import gantry.engine.spec.PortSpec;
import gantry.engine.store.Revision;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * The routes that lead to one container. Containers that drain stand in no route: the proxy goes on
 * to report them as long as they have connections.
 */
final class Routing {
  private Routing() {}

  /** Empty when the container has no endpoint yet for one of its ports. */
  static Optional<List<Route>> to(Observation o, Revision revision, ContainerView container) {
    List<Route> routes = new ArrayList<>();
    for (PortSpec port : revision.spec().ports()) {
      Endpoint endpoint = container.status().endpoints().get(port.container());
      if (endpoint == null) {
        return Optional.empty();
      }
      Backend backend = new Backend(container.life(), endpoint, true);
      routes.add(new Route(listener(o, port), port.kind(), port.options(), List.of(backend)));
    }
    return Optional.of(routes);
  }

  /** The listeners without anything behind them. */
  static List<Route> closed(Observation o, Revision revision) {
    return revision.spec().ports().stream()
        .map(port -> new Route(listener(o, port), port.kind(), port.options(), List.of()))
        .toList();
  }

  private static Listener listener(Observation o, PortSpec port) {
    return new Listener(o.place().bind(), port.external());
  }

  static boolean inForce(ProxyView proxy, List<Route> routes) {
    return proxy instanceof ProxyView.Up up
        && new HashSet<>(up.routes()).equals(new HashSet<>(routes));
  }
}
