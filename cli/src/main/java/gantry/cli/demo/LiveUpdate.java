package gantry.cli.demo;

import gantry.cli.demo.Figures.MachineFigures;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Act 2: v1 becomes v2 under traffic, and old containers end with their last connection. */
final class LiveUpdate {
  /** What Gantry promises after the end of a container's last connection. */
  private static final Duration STOP_PROMISE = Duration.ofSeconds(2);

  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
  private static final Duration UPDATE_LIMIT = Duration.ofSeconds(60);
  private static final Duration WARM_UP = Duration.ofSeconds(1);

  /** How often agents write down the connections of old containers. */
  private static final Duration AGENTS_WRITE = Duration.ofSeconds(2);

  private final Stage stage;
  private final List<Site> sites;
  private final Map<Site, Duration> updates = new LinkedHashMap<>();

  LiveUpdate(Stage stage, List<Site> sites) {
    this.stage = stage;
    this.sites = sites;
  }

  void openConnections() throws IOException, InterruptedException {
    stage.story().chapter("Traffic: keep-alive, new connections, one long connection per machine");
    for (Site site : sites) {
      LongConnection connection = LongConnection.open(site, stage.clock());
      stage.connections().put(site, connection);
      stage.story().machine(site, site + "/stream is open, served by " + connection.server());
    }
    Thread.sleep(WARM_UP);
  }

  void update() throws IOException, InterruptedException, BrokenPromiseException {
    stage.story().chapter("Update to v2 while traffic flows: one machine after the other");
    stage.shell().run("cp sample/v2/* web/; gantryd update shop -c web");
    for (Site site : sites) {
      AgentProcess agent = stage.agent(site);
      long end = agent.awaitSaid("runs revision 2", UPDATE_LIMIT);
      long start = agent.awaitSaid("updating to revision 2", Duration.ofSeconds(1));
      updates.put(site, Duration.ofNanos(end - start));
    }
    // Until the keep-alive clients have left the old containers, and agents have written it down.
    Thread.sleep(Traffic.KEEP_ALIVE.plus(AGENTS_WRITE));
    stage.shell().run("gantryd list shop --machines");
  }

  void drain() throws IOException, InterruptedException {
    stage.story().chapter("End the long connections: each old container stops with its last one");
    for (Site site : sites) {
      drain(site, stage.connection(site));
    }
  }

  private void drain(Site site, LongConnection connection)
      throws IOException, InterruptedException {
    Figures figures = stage.figures();
    String machine = "machine " + site.machine() + ": ";
    figures.promise(
        connection.fault().isEmpty(),
        machine + "the long connection broke " + connection.fault().orElse(""));
    figures.promise(
        connection.process().isAlive(),
        machine + "the old container was stopped before its last connection had ended");
    long end = connection.end();
    stage.story().machine(site, "connection ended after " + connection.lines() + " lines of v1");
    boolean gone = Leftovers.awaitEnd(List.of(connection.process()), STOP_LIMIT);
    Duration stopped = stage.clock().since(end);
    figures.promise(
        gone && stopped.compareTo(STOP_PROMISE) <= 0,
        "%sthe old container stopped %s after the end of its last connection, promised is 2 s"
            .formatted(machine, gone ? Story.words(stopped) : "not within 15 s"));
    stage.story().machine(site, "its old container stopped " + Story.words(stopped) + " later");
    long switched = stage.serving().switchedAtNanos(site, 2).orElse(end);
    figures.machine(
        site, new MachineFigures(updated(site), Duration.ofNanos(end - switched), stopped));
  }

  private Duration updated(Site site) {
    return Objects.requireNonNull(updates.get(site));
  }
}
