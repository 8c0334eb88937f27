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
      Listener listener = new Listener(o.place().bind(), port.external());
      Backend backend = new Backend(container.life(), endpoint, true);
      routes.add(new Route(listener, port.kind(), List.of(backend)));
    }
    return Optional.of(routes);
  }

  static boolean inForce(ProxyView proxy, List<Route> routes) {
    return proxy instanceof ProxyView.Up up
        && new HashSet<>(up.routes()).equals(new HashSet<>(routes));
  }
}
