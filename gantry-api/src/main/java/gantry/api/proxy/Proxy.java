package gantry.api.proxy;

import gantry.api.Subscription;
import java.util.List;
import java.util.Optional;

/**
 * Steers this machine's proxy, which is a process of its own and outlives its callers. Calls are
 * bounded (5 s, {@link #start()} 15 s). Errors: {@code PROXY_UNREACHABLE} when a proxy is there but
 * does not answer, which never means that it has no connections.
 */
public interface Proxy extends AutoCloseable {
  /**
   * Makes sure that the proxy runs; returns when it answers and the routes that it kept from its
   * last life are in force. Does nothing when it runs. Of several callers at once, one starts it.
   */
  void start();

  /**
   * Replaces the routes of one owner, all or nothing. Returns when they are in force: from then on
   * no new connection reaches a backend that is not active in them. Connections that exist stay
   * with their backend, also when it no longer stands in any route. Routes of other owners are not
   * touched. Starts the proxy when it is not running. The same routes again change nothing.
   *
   * @param routes empty gives up all listeners of this owner
   * @throws gantry.api.GantryException {@code LISTENER_TAKEN}, naming the other owner or saying
   *     that another program has the address; then nothing was changed
   */
  void apply(String owner, List<Route> routes);

  /**
   * What is in force now; empty when no proxy process runs on this machine, so that nothing is
   * routed and nothing is open.
   */
  Optional<ProxyStatus> status();

  /**
   * Calls {@code wake} soon after a backend's count fell to zero, after the proxy ended or came
   * back, and whenever that may have been missed. A hint to look again, nothing more.
   */
  Subscription watch(Runnable wake);

  /** Frees connections and threads of this handle. The proxy goes on. */
  @Override
  void close();
}
