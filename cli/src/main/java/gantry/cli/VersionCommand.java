package gantry.cli;

import gantry.api.ApiVersion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows versions. */
@Command(
    name = "version",
    mixinStandardHelpOptions = true,
    description = "Shows the versions of Gantry, of the interface for plugins, and of Java.")
final class VersionCommand implements Callable<Integer> {
  @Mixin CommonOptions options = new CommonOptions();

  @SuppressWarnings("NullAway.Init") // picocli
  @Spec
  CommandSpec spec;

  @Override
  public Integer call() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("gantry", Version.current());
    versions.put("plugin interface", ApiVersion.current());
    versions.put("java", System.getProperty("java.version"));
    if (options.json()) {
      JsonAnswer.print(spec.commandLine().getOut(), versions);
    } else {
      versions.forEach(
          (what, version) -> spec.commandLine().getOut().println(what + " " + version));
    }
    return 0;
  }
}
