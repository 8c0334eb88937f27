package gantry.cli.fleet;

import gantry.api.Clock;
import gantry.cli.support.Servers;
import java.time.Instant;
import java.util.List;

/**
 * What an engine has done with a fleet's containers since a moment: what happened, not what was
 * told. An engine remembers its last 256 events, so that a moment must not be long ago.
 */
final class EngineEvents {
  private final Servers servers;
  private final Instant since = Clock.SYSTEM.wallTime();

  /** Events from now on. */
  EngineEvents(Servers servers) {
    this.servers = servers;
  }

  /** Everything that was done with containers of a machine, in order: create, start, kill... */
  List<String> of(String machine) {
    return servers
        .engine()
        .docker(
            "events",
            "--since=" + since,
            "--until=" + Clock.SYSTEM.wallTime(),
            "--filter=type=container",
            "--filter=label=gantry.project=shop",
            "--filter=label=gantry.machine=" + machine,
            "--format={{.Action}}")
        .lines()
        .toList();
  }

  /** How often something was done with containers of a machine. */
  long count(String action, String machine) {
    return of(machine).stream().filter(action::equals).count();
  }
}
