package gantry.api.proxy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What people want of a proxy process beyond routes; a {@link Proxy} that can do it implements this
 * too. Calls are bounded like those of {@link Proxy}, and none of them starts a proxy. Errors:
 * {@code PROXY_UNREACHABLE} when one is there but does not answer.
 */
public interface ProxyOperations {
  /** What runs on this machine; empty when nothing does. */
  Optional<ProxyInfo> info();

  /**
   * The connections that are open, the oldest first.
   *
   * @param limit most that are told, 1 to 10,000
   * @return empty also when no proxy runs
   */
  List<OpenConnection> connections(int limit);

  /**
   * Has a newer process take over: one of this version is started, gets the listening sockets, and
   * the old one ends with its last connection. Returns when the new one serves; when it fails, the
   * old one serves on.
   *
   * @return the new process; empty when no proxy ran, and then none does
   * @throws gantry.api.GantryException {@code PROXY_UNREACHABLE} when it failed, or cannot be done
   */
  Optional<ProxyInfo> upgrade();

  /**
   * Ends the proxy with all its connections. Its routes stay for the next one.
   *
   * @param now whether also when connections are open
   * @return how many connections were ended; empty when no proxy ran
   * @throws gantry.api.GantryException {@code BUSY} when connections are open and {@code now} is
   *     false; then nothing was done
   */
  OptionalLong stop(boolean now);
}
