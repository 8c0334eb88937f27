package gantry.proxy.control;

import gantry.proxy.wire.Protocol;
import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireBackend;
import gantry.proxy.wire.WireRoute;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What routes must be like, by themselves and beside those of other owners. */
final class RouteRules {
  private RouteRules() {}

  static void check(String owner, List<WireRoute> wanted, Map<String, List<WireRoute>> existing)
      throws RefusedException {
    Set<WireAddress> listeners = new HashSet<>();
    for (WireRoute route : wanted) {
      if (!listeners.add(route.listener())) {
        throw bad("listener " + route.listener() + " stands in two routes");
      }
      checkBackends(route);
      checkOthers(owner, route.listener(), existing);
    }
  }

  private static void checkBackends(WireRoute route) throws RefusedException {
    Set<String> ids = new HashSet<>();
    for (WireBackend backend : route.backends()) {
      if (!ids.add(backend.id())) {
        throw bad("backend " + backend.id() + " stands twice behind " + route.listener());
      }
    }
  }

  private static void checkOthers(
      String owner, WireAddress listener, Map<String, List<WireRoute>> existing)
      throws RefusedException {
    for (Map.Entry<String, List<WireRoute>> other : existing.entrySet()) {
      if (!other.getKey().equals(owner) && has(other.getValue(), listener)) {
        throw new RefusedException(
            Protocol.LISTENER_TAKEN,
            "listener " + listener + " belongs to owner '" + other.getKey() + "'");
      }
    }
  }

  private static boolean has(List<WireRoute> routes, WireAddress listener) {
    return routes.stream().anyMatch(route -> route.listener().equals(listener));
  }

  private static RefusedException bad(String message) {
    return new RefusedException(Protocol.BAD_REQUEST, message);
  }
}
