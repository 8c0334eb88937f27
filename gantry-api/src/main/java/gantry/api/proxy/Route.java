package gantry.api.proxy;

import java.util.List;

/**
 * A listener and the backends behind it. With several active backends, new connections are spread
 * over them; with none, new connections are accepted and closed.
 */
public record Route(Listener listener, RouteKind kind, List<Backend> backends) {
  /** Copies the backends. */
  public Route {
    backends = List.copyOf(backends);
  }
}
