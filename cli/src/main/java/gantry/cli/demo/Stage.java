package gantry.cli.demo;

import gantry.api.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What the acts of the demo share. */
record Stage(
    Clock clock,
    Story story,
    Shell shell,
    Tally tally,
    Serving serving,
    Map<Site, AgentProcess> agents,
    Map<Site, LongConnection> connections,
    Figures figures) {

  static Stage of(Clock clock, Story story, Workspace workspace) {
    return new Stage(
        clock,
        story,
        new Shell(workspace, story),
        new Tally(),
        new Serving((site, server) -> story.machine(site, "new connections reach " + server)),
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        new Figures());
  }

  AgentProcess agent(Site site) {
    return Objects.requireNonNull(agents.get(site));
  }

  LongConnection connection(Site site) {
    return Objects.requireNonNull(connections.get(site));
  }
}
