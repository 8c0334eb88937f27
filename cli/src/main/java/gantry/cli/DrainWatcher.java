package gantry.cli;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.engine.Machine;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The process that {@code gantry update} leaves behind to shut down the old containers when their
 * last connection has ended. It needs nothing to be remembered: if it dies, whoever works on the
 * component next goes on.
 */
final class DrainWatcher {
  private DrainWatcher() {}

  /** Starts it, detached from this terminal; without an installation there is none to start. */
  static void leaveBehind(LocalCommand command, Machine machine) {
    Optional<Path> launcher = Installation.launcher("gantry");
    if (launcher.isEmpty()) {
      return;
    }
    List<String> words = new ArrayList<>(List.of("setsid", launcher.get().toString(), "drain"));
    words.addAll(options(command, machine));
    words.add(command.component);
    try {
      Path logs = Files.createDirectories(machine.stateDir().resolve("logs"));
      File log = logs.resolve("drain-" + command.component + ".log").toFile();
      new ProcessBuilder(words)
          .redirectInput(Redirect.from(new File("/dev/null")))
          .redirectOutput(Redirect.to(log))
          .redirectError(Redirect.appendTo(log))
          .start();
    } catch (IOException e) {
      throw new GantryException(
          ErrorCode.INTERNAL,
          "the new container serves, but no watcher could be started for the draining ones: " + e,
          "gantry drain " + command.component,
          e);
    }
  }

  private static List<String> options(LocalCommand command, Machine machine) {
    CommonOptions o = command.options;
    List<String> words = new ArrayList<>();
    words.addAll(List.of("--config", o.config.toAbsolutePath().toString()));
    words.addAll(List.of("--state-dir", machine.stateDir().toString()));
    words.addAll(List.of("--machine", machine.name(), "--bind", o.bind, "--driver", o.driver));
    words.addAll(List.of("--addressing", o.addressing, "--project", command.project));
    if (o.coordinator != null) {
      words.addAll(List.of("--coordinator", o.coordinator));
    }
    if (o.coordinatorDir != null) {
      words.addAll(List.of("--coordinator-dir", o.coordinatorDir.toAbsolutePath().toString()));
    }
    words.addAll(o.etcd.words());
    if (o.pluginsDir != null) {
      words.addAll(List.of("--plugins-dir", o.pluginsDir.toAbsolutePath().toString()));
    }
    return words;
  }
}
