package gantry.engine.plan;

import gantry.api.container.ContainerId;
import gantry.api.proxy.BackendStatus;
import gantry.api.proxy.Route;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What can be seen of this machine's proxy. */
public sealed interface ProxyView {
  /**
   * It answered.
   *
   * @param routes those of this component
   * @param backends those of this component, by backend id
   */
  record Up(List<Route> routes, Map<String, BackendStatus> backends) implements ProxyView {
    /** Copies the collections. */
    public Up {
      routes = List.copyOf(routes);
      backends = Map.copyOf(backends);
    }

    /** Whether a life gets new connections. */
    public boolean routesTo(String life) {
      return routes.stream()
          .flatMap(route -> route.backends().stream())
          .anyMatch(backend -> backend.active() && backend.id().equals(life));
    }

    /** Whether new connections would reach this container in whatever life it is. */
    boolean routesToAnyLifeOf(ContainerId id) {
      return routes.stream()
          .flatMap(route -> route.backends().stream())
          .anyMatch(backend -> backend.active() && backend.id().startsWith(id + "@"));
    }

    /** Connections that a life still has. */
    public long connections(String life) {
      BackendStatus status = backends.get(life);
      return status == null ? 0 : status.connections();
    }

    /** What a life has open; nothing when the proxy does not know it. */
    public BackendStatus backend(String life) {
      BackendStatus status = backends.get(life);
      return status == null ? new BackendStatus("", life, 0, Duration.ZERO) : status;
    }
  }

  /** No proxy process runs: nothing is routed and nothing is open. */
  record Down() implements ProxyView {}

  /** One runs but does not answer. That says nothing about its connections. */
  record Unreachable(String reason) implements ProxyView {}
}
