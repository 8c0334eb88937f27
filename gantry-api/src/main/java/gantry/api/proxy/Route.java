package gantry.api.proxy;

import java.util.List;

/**
 * A listener and the backends behind it. With several active backends, new connections are spread
 * over them; with none, new connections are accepted and closed, or kept waiting as long as {@link
 * RouteOptions#hold()} says.
 */
public record Route(
    Listener listener, RouteKind kind, RouteOptions options, List<Backend> backends) {
  /** Copies the backends. */
  public Route {
    backends = List.copyOf(backends);
  }

  /** A route whose options are all the default. */
  public Route(Listener listener, RouteKind kind, List<Backend> backends) {
    this(listener, kind, RouteOptions.DEFAULT, backends);
  }
}
