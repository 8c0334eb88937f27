package gantry.cli;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.engine.Agent;
import gantry.engine.Gantry;
import gantry.engine.Project;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs this machine's agent. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Runs this machine's agent.",
      "Runs components on this machine and reacts to commands for them, until it is "
          + "ended (Ctrl-C). Containers, their connections and the proxy go on without "
          + "it.",
    })
final class RunCommand implements Callable<Integer> {
  /** How long the end of the program waits for the action that is under way. */
  private static final Duration END_LIMIT = Duration.ofSeconds(8);

  @Mixin CommonOptions options = new CommonOptions();
  @Mixin ComponentsOption components = new ComponentsOption();

  @SuppressWarnings("NullAway.Init") // picocli
  @Parameters(index = "0", paramLabel = "PROJECT", description = "Name of the project.")
  String project;

  @SuppressWarnings("NullAway.Init") // picocli
  @Spec
  CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    List<String> names = components.distinct();
    try (Workplace workplace =
        Workplace.open(options, "etcd", new AgentLog(out), spec.commandLine().getErr())) {
      Gantry gantry = workplace.gantry();
      requireKnown(gantry.project(Names.project(project)), names);
      Agent agent = gantry.agent(project, names, Version.current());
      say(out, gantry, names);
      runUntilEnded(agent);
    }
    return 0;
  }

  private void say(PrintWriter out, Gantry gantry, List<String> names) {
    out.printf(
        "Running %s of project %s on machine %s%n",
        String.join(", ", names), project, gantry.settings().machine());
    out.flush();
  }

  /** The program ends only after the agent has let go of its slot and its session. */
  private static void runUntilEnded(Agent agent) throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook = Thread.ofPlatform().unstarted(() -> end(agent, ended));
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      agent.run();
    } finally {
      ended.countDown();
    }
  }

  private static void end(Agent agent, CountDownLatch ended) {
    agent.stop();
    try {
      if (!ended.await(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        System.err.println(
            "the action under way did not end in time; the next start goes on from it");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A typing mistake is told at once; a coordinator that is away is waited for. */
  private static void requireKnown(Project found, List<String> names) {
    try {
      found.named(found.spec(), names);
    } catch (GantryException e) {
      if (e.code() != ErrorCode.COORDINATOR_UNREACHABLE) {
        throw e;
      }
    }
  }
}
