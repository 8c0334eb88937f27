package gantry.api.proxy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is in force.
 *
 * @param routes by owner
 * @param backends every backend that stands in a route, and every other one that still has a
 *     connection
 */
public record ProxyStatus(Map<String, List<Route>> routes, List<BackendStatus> backends) {
  /** Copies the collections. */
  public ProxyStatus {
    routes = Map.copyOf(routes);
    backends = List.copyOf(backends);
  }

  /** The routes of one owner, empty when it has none. */
  public List<Route> routesOf(String owner) {
    return routes.getOrDefault(owner, List.of());
  }

  /** The status of one backend; empty means that it has no route and no connection. */
  public Optional<BackendStatus> backend(String owner, String id) {
    return backends.stream().filter(b -> b.owner().equals(owner) && b.id().equals(id)).findFirst();
  }
}
