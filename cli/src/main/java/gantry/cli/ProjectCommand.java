package gantry.cli;

import gantry.engine.Project;
import gantry.engine.event.RolloutListener;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the commands that steer a project have in common. */
abstract class ProjectCommand implements Callable<Integer> {
  @Mixin CommonOptions options = new CommonOptions();

  @SuppressWarnings("NullAway.Init") // picocli
  @Parameters(index = "0", paramLabel = "PROJECT", description = "Name of the project.")
  String project;

  @SuppressWarnings("NullAway.Init") // picocli
  @Spec
  CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    try (Workplace workplace =
        Workplace.open(options, "etcd", RolloutListener.NONE, spec.commandLine().getErr())) {
      return run(workplace.gantry().project(Names.project(project)));
    }
  }

  /** Does the command's work; answers its exit code. */
  abstract int run(Project found) throws Exception;

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  final void say(String line) {
    if (!options.json()) {
      out().println(line);
      out().flush();
    }
  }
}
