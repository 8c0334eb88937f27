package gantry.proxy.traffic.server;

import gantry.proxy.client.ProxyRefusedException;
import gantry.proxy.wire.RouteOptions;
import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireBackend;
import gantry.proxy.wire.WireRoute;
import gantry.testkit.server.FreePorts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Gantry's own proxy, its routes of the kind {@code http}. */
public final class GantryContender implements Contender {
  private final GantryProcess process = GantryProcess.start();
  private final int port = FreePorts.next();

  /** Starts it with so many lanes to the backend on this port. */
  public GantryContender(int lanes, int backendPort) throws IOException, ProxyRefusedException {
    this(lanes, backendPort, RouteOptions.DEFAULT);
  }

  /** The same, with options of its routes. */
  public GantryContender(int lanes, int backendPort, RouteOptions options)
      throws IOException, ProxyRefusedException {
    for (int first = 0; first < lanes; first += WireRoute.MAX_ROUTES) {
      List<WireRoute> routes = new ArrayList<>();
      for (int i = first; i < Math.min(lanes, first + WireRoute.MAX_ROUTES); i++) {
        routes.add(route(new Lane(i), backendPort, options));
      }
      process.apply("lanes/" + first, routes.toArray(WireRoute[]::new));
    }
  }

  private WireRoute route(Lane lane, int backendPort, RouteOptions options) {
    WireBackend backend = new WireBackend("b", lane.backend(backendPort), true);
    return new WireRoute(lane.listener(port), WireRoute.HTTP, options, List.of(backend));
  }

  /** Open connections to the backend. */
  public long connections() {
    return process.connections();
  }

  @Override
  public String name() {
    return "gantry";
  }

  @Override
  public WireAddress listener(Lane lane) {
    return lane.listener(port);
  }

  @Override
  public void close() {
    process.close();
  }
}
