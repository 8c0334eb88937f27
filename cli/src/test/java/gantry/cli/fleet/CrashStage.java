package gantry.cli.fleet;

import gantry.cli.support.Servers;
import java.time.Duration;

/**
 * A fleet for scenes in which agents halt; all its machines serve the same version, before and
 * after each.
 *
 * @param limit how long a halt may hold up the rest
 */
record CrashStage(Servers servers, Fleet fleet, Duration limit) {
  /** A scene with clients of some machines. */
  CrashScene begin(String... served) {
    return new CrashScene(servers, fleet, limit, served);
  }

  /** The version that all serve. */
  String serving() {
    return fleet.versions().getFirst();
  }
}
