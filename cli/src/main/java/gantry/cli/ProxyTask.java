package gantry.cli;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.proxy.Proxy;
import gantry.api.proxy.ProxyOperations;
import gantry.engine.event.RolloutListener;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the commands about this machine's proxy have in common. */
abstract class ProxyTask implements Callable<Integer> {
  @Mixin CommonOptions options = new CommonOptions();

  @SuppressWarnings("NullAway.Init") // picocli
  @Spec
  CommandSpec spec;

  @Override
  public final Integer call() {
    try (Workplace workplace =
        Workplace.open(options, "local", RolloutListener.NONE, spec.commandLine().getErr())) {
      run(workplace.gantry().proxy());
      return 0;
    }
  }

  /** Does the command's work. */
  abstract void run(Proxy proxy);

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Nothing runs: that is an answer, not a failure. */
  final void sayNoneRuns() {
    if (options.json()) {
      JsonAnswer.print(out(), Map.of("running", false));
    } else {
      say("no proxy runs on this machine; whatever needs one starts it");
    }
  }

  final void say(String line) {
    out().println(line);
    out().flush();
  }

  /** What not every kind of proxy can do. */
  static ProxyOperations operations(Proxy proxy, String what) {
    if (proxy instanceof ProxyOperations operations) {
      return operations;
    }
    throw new GantryException(ErrorCode.USAGE, "this kind of proxy cannot " + what);
  }
}
