package gantry.cli.demo;

import gantry.api.Clock;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Shows the whole product on this machine, and judges whether its promises held. */
public final class Demo {
  private static final Duration KILL_LIMIT = Duration.ofSeconds(5);

  private final Stage stage;
  private final List<Site> sites;
  private final Workspace workspace;

  private Demo(Stage stage, List<Site> sites, Workspace workspace) {
    this.stage = stage;
    this.sites = sites;
    this.workspace = workspace;
  }

  /**
   * How it ended.
   *
   * @param kept whether every promise held
   * @param figures for a JSON document
   */
  public record Result(boolean kept, Map<String, Object> figures) {}

  /**
   * Runs it to the end, in about half a minute, and leaves nothing behind: no process, no folder.
   * The same when the JVM is ended meanwhile.
   *
   * @param home the installation whose programs are shown
   * @param out gets the story and the closing table
   * @param port where the machines listen; empty for one that is free
   * @throws GantryException the environment does not let it start
   */
  public static Result run(Path home, PrintWriter out, OptionalInt port)
      throws IOException, InterruptedException {
    requireUsable(home);
    Paint paint = Paint.ofTerminal();
    Story story = new Story(out, paint, Clock.SYSTEM);
    List<Site> sites = Ports.choose(port);
    Workspace workspace = Workspace.create(home);
    Stage stage = Stage.of(Clock.SYSTEM, story, workspace);
    Cleanup cleanup = Cleanup.of(workspace, story);
    try {
      new Demo(stage, sites, workspace).play(cleanup);
    } finally {
      cleanup.holdWhenInterrupted();
      cleanup.end();
    }
    ClosingTable table = new ClosingTable(stage, paint);
    table.print();
    return new Result(stage.figures().broken().isEmpty(), table.json());
  }

  private static void requireUsable(Path home) {
    if (!Files.isDirectory(Path.of("/proc/self"))) {
      throw new GantryException(ErrorCode.BAD_CONFIGURATION, "gantry demo needs Linux");
    }
    if (!Files.isRegularFile(home.resolve("demo/assemble"))) {
      throw new GantryException(
          ErrorCode.BAD_CONFIGURATION,
          "the installation " + home + " has no sample to deploy: demo/assemble is missing",
          "install Gantry again, or mvn -q -DskipTests package in a checkout",
          null);
    }
  }

  private void play(Cleanup cleanup) throws IOException, InterruptedException {
    stage.story().say("everything happens in " + workspace.folder() + ", removed at the end");
    try {
      new Opening(stage, workspace, cleanup).play(sites);
      underTraffic();
      Verdict.judge(stage, sites);
      end();
    } catch (BrokenPromiseException e) {
      cleanup.holdWhenInterrupted();
      stage.figures().promise(false, String.valueOf(e.getMessage()));
    }
  }

  private void underTraffic() throws IOException, InterruptedException, BrokenPromiseException {
    LiveUpdate live = new LiveUpdate(stage, sites);
    try (Traffic traffic = new Traffic(stage.clock(), stage.tally(), stage.serving())) {
      traffic.start(sites);
      live.openConnections();
      live.update();
      live.drain();
      new BadUpdate(stage, sites).play();
    } finally {
      for (LongConnection connection : stage.connections().values()) {
        connection.close();
      }
    }
  }

  private void end() throws IOException, InterruptedException, BrokenPromiseException {
    stage.story().chapter("Clean up");
    List<ProcessHandle> containers =
        sites.stream()
            .flatMap(site -> stage.serving().servers(site).stream())
            .flatMap(server -> ProcessHandle.of(server.pid()).stream())
            .toList();
    stage.shell().run("gantryd kill shop -c web");
    stage
        .figures()
        .promise(
            Leftovers.awaitEnd(containers, KILL_LIMIT),
            "containers were still running 5 s after gantryd kill");
  }
}
