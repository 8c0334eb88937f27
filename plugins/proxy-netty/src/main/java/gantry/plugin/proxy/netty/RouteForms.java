package gantry.plugin.proxy.netty;

import gantry.api.Endpoint;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.proxy.Backend;
import gantry.api.proxy.BackendStatus;
import gantry.api.proxy.Listener;
import gantry.api.proxy.ProxyStatus;
import gantry.api.proxy.Route;
import gantry.api.proxy.RouteKind;
import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireBackend;
import gantry.proxy.wire.WireBackendStatus;
import gantry.proxy.wire.WireRoute;
import gantry.proxy.wire.WireStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Translates between the SPI's values and those of the control socket. */
final class RouteForms {
  private RouteForms() {}

  static List<WireRoute> toWire(List<Route> routes) {
    return routes.stream().map(RouteForms::toWire).toList();
  }

  /** What is in force: a listener that could not be opened is left out with its route. */
  static ProxyStatus fromWire(WireStatus status) {
    Map<String, List<Route>> routes = new HashMap<>();
    status
        .routes()
        .forEach(
            (owner, list) ->
                routes.put(
                    owner,
                    list.stream()
                        .filter(route -> !status.unbound().containsKey(route.listener()))
                        .map(RouteForms::fromWire)
                        .toList()));
    return new ProxyStatus(routes, status.backends().stream().map(RouteForms::fromWire).toList());
  }

  private static BackendStatus fromWire(WireBackendStatus b) {
    return new BackendStatus(
        b.owner(),
        b.id(),
        b.connections(),
        b.oldest(),
        b.draining(),
        b.idle(),
        b.connectFailures());
  }

  private static WireRoute toWire(Route route) {
    return new WireRoute(
        address("listener", route.listener().host(), route.listener().port()),
        route.kind().name().toLowerCase(Locale.ROOT),
        OptionForms.toWire(route.options()),
        route.backends().stream().map(RouteForms::toWire).toList());
  }

  private static WireBackend toWire(Backend backend) {
    Endpoint endpoint = backend.endpoint();
    String what = "backend " + backend.id();
    return new WireBackend(
        backend.id(), address(what, endpoint.host(), endpoint.port()), backend.active());
  }

  private static Route fromWire(WireRoute route) {
    return new Route(
        new Listener(route.listener().host(), route.listener().port()),
        RouteKind.valueOf(route.kind().toUpperCase(Locale.ROOT)),
        OptionForms.fromWire(route.options()),
        route.backends().stream().map(RouteForms::fromWire).toList());
  }

  private static Backend fromWire(WireBackend backend) {
    WireAddress address = backend.address();
    return new Backend(
        backend.id(), new Endpoint(address.host(), address.port()), backend.active());
  }

  private static WireAddress address(String what, String host, int port) {
    try {
      return WireAddress.of(host, port);
    } catch (IllegalArgumentException e) {
      throw new GantryException(
          ErrorCode.BAD_CONFIGURATION,
          what + ": '" + host + "' is not a literal IP address; the proxy resolves no names",
          e);
    }
  }
}
