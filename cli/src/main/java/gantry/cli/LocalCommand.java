package gantry.cli;

import gantry.engine.Machine;
import gantry.engine.event.RolloutListener;
import gantry.engine.spec.ComponentSpec;
import gantry.engine.spec.ProjectSpec;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the commands that work on one component of this machine have in common. */
abstract class LocalCommand implements Callable<Integer> {
  @Mixin CommonOptions options = new CommonOptions();

  @Option(
      names = "--project",
      paramLabel = "NAME",
      defaultValue = "${env:GANTRY_PROJECT:-local}",
      description = "The project that the component belongs to (GANTRY_PROJECT; default: local).")
  String project = "local";

  @SuppressWarnings("NullAway.Init") // picocli
  @Parameters(index = "0", paramLabel = "COMPONENT", description = "Name of the component.")
  String component;

  @SuppressWarnings("NullAway.Init") // picocli
  @Spec
  CommandSpec spec;

  @Override
  public final Integer call() throws Exception {
    try (Workplace workplace = Workplace.open(options, "local", listener(), err())) {
      ComponentSpec found = component(workplace);
      return run(workplace.gantry().machine(project), found);
    }
  }

  /** Does the command's work; answers its exit code. */
  abstract int run(Machine machine, ComponentSpec found) throws Exception;

  RolloutListener listener() {
    return RolloutListener.NONE;
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  final void say(String line) {
    if (!options.json()) {
      out().println(line);
      out().flush();
    }
  }

  private ComponentSpec component(Workplace workplace) {
    ProjectSpec read = workplace.gantry().configReader().read(options.config);
    return read.require(component, options.config.toString());
  }
}
