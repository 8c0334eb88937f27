package gantry.cli.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Act 1: three machines come up with v1. */
final class Opening {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Stage stage;
  private final Workspace workspace;
  private final Cleanup cleanup;

  Opening(Stage stage, Workspace workspace, Cleanup cleanup) {
    this.stage = stage;
    this.workspace = workspace;
    this.cleanup = cleanup;
  }

  void play(List<Site> sites) throws IOException, InterruptedException, BrokenPromiseException {
    Story story = stage.story();
    story.chapter("Start v1 on three machines: agents, proxies and containers are processes here");
    workspace.fill(sites.getFirst().port());
    stage
        .shell()
        .run("sh " + quoted(workspace.sample().resolve("assemble").toString()) + " sample");
    story.command(
        "export GANTRY_DRIVER=process GANTRY_COORDINATOR=local GANTRY_COORDINATOR_DIR=coordinator");
    stage.shell().run("gantryd setconfig shop .gantry");
    for (Site site : sites) {
      start(site);
    }
    stage.shell().run("cp sample/v1/* web/; gantryd update shop -c web");
    for (AgentProcess agent : stage.agents().values()) {
      agent.awaitSaid("ready", START_LIMIT);
    }
  }

  private void start(Site site) throws IOException {
    stage.story().command(AgentProcess.command(site) + " &");
    stage
        .agents()
        .put(
            site,
            cleanup.start(
                () ->
                    AgentProcess.start(
                        workspace, site, stage.clock(), said -> narrate(site, said))));
  }

  private void narrate(Site site, String said) {
    String updating = "updating to revision ";
    if (said.startsWith(updating)) {
      stage
          .story()
          .machine(site, "takes v" + said.substring(updating.length()) + ": start it, check it");
    } else if (said.equals("traffic goes to revision 1")) {
      stage.story().machine(site, "v1 is ready and gets its traffic");
    }
  }

  private static String quoted(String path) {
    return path.matches("[a-zA-Z0-9_./-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
  }
}
