package gantry.proxy.http;

import gantry.proxy.tcp.RouteSettings;
import java.time.Duration;

/** Settings of HTTP routes that differ from the usual ones in what a test is about. */
final class Settings {
  static final RouteSettings USUAL =
      of(Duration.ofSeconds(2), Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(75));

  private Settings() {}

  /** With other limits. */
  static RouteSettings of(Duration connect, Duration idle, Duration head, Duration keepAlive) {
    return new RouteSettings(true, connect, idle, 0, false, Duration.ZERO, head, keepAlive, false);
  }

  /** Backends have so long to accept. */
  static RouteSettings connectWithin(Duration limit) {
    return of(limit, USUAL.idleTimeout(), USUAL.headTimeout(), USUAL.keepAliveTimeout());
  }

  /** Clients wait so long for a backend. */
  static RouteSettings holding(Duration hold) {
    return with(hold, false);
  }

  /** Clients are believed what they forward, or not. */
  static RouteSettings trusting(boolean trusted) {
    return with(USUAL.hold(), trusted);
  }

  private static RouteSettings with(Duration hold, boolean trusted) {
    return new RouteSettings(
        true,
        USUAL.connectTimeout(),
        USUAL.idleTimeout(),
        0,
        false,
        hold,
        USUAL.headTimeout(),
        USUAL.keepAliveTimeout(),
        trusted);
  }
}
